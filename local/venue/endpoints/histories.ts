import type { IncomeRow, Trade } from '../../../functions/src/domain/matching/exchange-state.ts';
import type { Endpoint } from './endpoint.ts';
import { pageOf, timeWindow } from './history-window.ts';
import { describeIncome, describeTrade } from './order-shape.ts';
import { requiredInstrument } from './symbols.ts';

const WEEK_MS = 7 * 86_400_000;
const INCOME_KEPT_MS = 90 * 86_400_000;

const userTrades: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/userTrades',
  signed: true,
  weight: 5,
  parameters: ['symbol', 'orderId', 'startTime', 'endTime', 'fromId', 'limit'],
  handle: (call) => {
    const { symbol } = requiredInstrument(call);
    const orderId = call.parameters.optionalId('orderId');
    const trades = call.venue.exchange.state.trades.filter(
      (trade: Trade) => trade.symbol === symbol && (orderId === undefined || trade.orderId === orderId),
    );
    return pageOf(call, trades, { id: (trade) => trade.id, time: (trade) => trade.time, fromParameter: 'fromId' }).map(describeTrade);
  },
};

/** Without a start the latest 7 days; pages go forward from the start. Rows older than 90 days are gone. */
const income: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/income',
  signed: true,
  weight: 30,
  parameters: ['symbol', 'incomeType', 'startTime', 'endTime', 'page', 'limit'],
  handle: (call) => {
    const { parameters, venue, now } = call;
    const symbol = parameters.optionalText('symbol');
    if (symbol !== undefined) requiredInstrument(call);
    const type = parameters.optionalText('incomeType');
    const limit = parameters.integer('limit', { min: 1, max: 1000 }, 100);
    const page = parameters.integer('page', { min: 1, max: 1_000_000 }, 1);
    const start = parameters.optionalTime('startTime');
    const { start: from } = timeWindow(call, start === undefined ? WEEK_MS : INCOME_KEPT_MS);
    const end = parameters.optionalTime('endTime') ?? now;
    const rows = venue.exchange.state.income.filter(
      (row: IncomeRow) =>
        row.time >= Math.max(from, now - INCOME_KEPT_MS) &&
        row.time <= end &&
        (symbol === undefined || row.symbol === symbol) &&
        (type === undefined || row.incomeType === type),
    );
    return rows.slice((page - 1) * limit, page * limit).map(describeIncome);
  },
};

export const HISTORIES: readonly Endpoint[] = [userTrades, income];
