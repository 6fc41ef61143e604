import { z } from 'zod';
import type { VenueFill, VenueOrder } from '../../domain/order/venue-order.ts';
import type { Found, Reading } from '../../domain/found.ts';
import type { OrderRef, Venue } from '../../ports/venue.ts';
import type { PositionSide } from '../../schema/scalars.ts';
import { describeFailure } from './call-failure.ts';
import type { Connection } from './connection.ts';
import { wireBalances } from './parse-account.ts';
import { venueFill, wireTrade } from './parse-fill.ts';
import { wireIncome } from './parse-income.ts';
import { wireOrder } from './parse-order.ts';
import { wirePositions } from './parse-position.ts';
import type { PositionModeReader } from './position-mode.ts';

type AccountReads = Pick<Venue, 'account' | 'positions' | 'openOrders' | 'findOrder' | 'fillsOfOrder' | 'incomeSince'>;

const ORDER_DOES_NOT_EXIST = '-2013';
/** The most rows of one answer of userTrades and of income. */
const PAGE_ROWS = 1000;

export function createAccountReads(connection: Connection, positionMode: PositionModeReader): AccountReads {
  const findOrder = async ({ symbol, clientOrderId }: OrderRef): Promise<Found<VenueOrder>> => {
    const params = { symbol, origClientOrderId: clientOrderId };
    const answer = await connection.call('fapiPrivateGetOrder', params, wireOrder);
    if (answer.ok) return { kind: 'found', value: answer.value, asOf: answer.asOf };
    const { failure } = answer;
    if (failure.kind === 'refused' && failure.code === ORDER_DOES_NOT_EXIST) return { kind: 'absent', asOf: answer.asOf };
    return { kind: 'unavailable', cause: describeFailure(failure) };
  };

  const sideOfOrder = async (ref: OrderRef): Promise<PositionSide | null> => {
    const order = await findOrder(ref);
    return order.kind === 'found' ? order.value.positionSide : null;
  };

  return {
    async account() {
      const mode = await positionMode.read();
      if (!mode.ok) return { kind: 'unavailable', cause: `position mode: ${describeFailure(mode.failure)}` };
      const balances = await connection.read('fapiPrivateV3GetAccount', {}, wireBalances);
      if (balances.kind === 'unavailable') return balances;
      return { ...balances, value: { positionMode: mode.value, balances: balances.value } };
    },
    positions: () => connection.read('fapiPrivateV3GetPositionRisk', {}, wirePositions),
    openOrders: () => connection.read('fapiPrivateGetOpenOrders', {}, z.array(wireOrder)),
    findOrder,
    async fillsOfOrder(ref): Promise<Reading<readonly VenueFill[]>> {
      const params = { symbol: ref.symbol, orderId: ref.venueOrderId, limit: String(PAGE_ROWS) };
      const trades = await connection.read('fapiPrivateGetUserTrades', params, z.array(wireTrade));
      if (trades.kind === 'unavailable') return trades;
      const [first] = trades.value;
      if (first === undefined) return { ...trades, value: [] };
      const unreadable = (why: string): Reading<never> => ({ kind: 'unavailable', cause: `fills of ${ref.clientOrderId}: ${why}` });
      if (trades.value.length >= PAGE_ROWS) return unreadable(`${PAGE_ROWS} rows, there may be more`);
      const positionSide = first.positionSide === 'BOTH' ? await sideOfOrder(ref) : first.positionSide === 'LONG' ? 'long' : 'short';
      if (positionSide === null) return unreadable('only their order says whether they are long or short, and it cannot be read');
      return { ...trades, value: trades.value.map((trade) => venueFill(trade, positionSide)) };
    },
    incomeSince: (since) => connection.read('fapiPrivateGetIncome', { startTime: String(since), limit: String(PAGE_ROWS) }, wireIncome),
  };
}
