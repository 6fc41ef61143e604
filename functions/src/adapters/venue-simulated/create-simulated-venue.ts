/**
 * The Venue port on the pure exchange, in process: for tests, the simulator and the paper venue. Whoever owns the
 * exchange feeds it market events; this adapter only asks and orders, at its clock's time.
 */
import { INCOME_MOST_ROWS } from '../../domain/account/income.ts';
import type { Candle } from '../../domain/market/market.ts';
import { viewAsset } from '../../domain/matching/account-view.ts';
import type { Exchange } from '../../domain/matching/exchange.ts';
import { queryOrder } from '../../domain/matching/order-history.ts';
import { livePositions } from '../../domain/matching/position-book.ts';
import { tiersOfBrackets } from '../../domain/matching/tiers-of-brackets.ts';
import { viewPosition } from '../../domain/matching/position-view.ts';
import type { CancelOutcome, VenueOutcome } from '../../domain/order/venue-order.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Venue } from '../../ports/venue.ts';
import type { EpochMs, Timeframe } from '../../schema/scalars.ts';
import { assetBalance, incomeRow, instrumentOf, symbolSettings, venuePosition } from './account-words.ts';
import { type FaultPlan, noFaults } from './fault-plan.ts';
import { failedCancel } from './failed-cancel.ts';
import { failedDelivery } from './failed-delivery.ts';
import { type FaultyLink, createFaultyLink } from './faulty-link.ts';
import { fillReads } from './fill-reads.ts';
import { foundOfAnswer } from './found-of-answer.ts';
import { bookOf, markOf, quoteOf } from './market-words.ts';
import { contradictionIn, exchangeRequest, venueOrder } from './order-words.ts';
import { rejectedOutcome } from './reject-words.ts';
import { stopMutations, stopReads } from './stop-calls.ts';

/** The last `count` candles of a symbol closed at `now`, oldest first; null for an unknown symbol. */
export type CandleHistory = (symbol: string, timeframe: Timeframe, count: number, now: EpochMs) => readonly Candle[] | null;

export interface SimulatedVenueOptions {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly candles: CandleHistory;
  readonly fault?: FaultPlan;
}

const RECEIVE_WINDOW_MS = 5000;
/** "No need to change margin type." */
const MARGIN_TYPE_UNCHANGED = -4046;

export function createSimulatedVenue({ exchange, clock, candles, fault = noFaults }: SimulatedVenueOptions): Venue {
  const link = createFaultyLink(clock, fault, RECEIVE_WINDOW_MS);
  return {
    receiveWindowMs: RECEIVE_WINDOW_MS,
    ...marketReads(exchange, link, candles),
    ...accountReads(exchange, link),
    ...orderReads(exchange, link),
    ...fillReads(exchange, link),
    ...stopReads(exchange, link),
    ...orderMutations(exchange, link, clock),
    ...stopMutations(exchange, link, clock),
  };
}

function marketReads({ state }: Exchange, link: FaultyLink, history: CandleHistory): Pick<Venue, 'instruments' | 'quotes' | 'marks' | 'books' | 'candles'> {
  return {
    instruments: async (symbols) =>
      link.read('instruments', () => known(symbols, (symbol) => state.instruments[symbol]).map(instrumentOf)),
    quotes: async (symbols) => link.read('quotes', () => known(symbols, (symbol) => quoteOf(state, symbol))),
    marks: async (symbols) => link.read('marks', () => known(symbols, (symbol) => markOf(state, symbol))),
    books: async (symbols, levels) => link.read('books', () => known(symbols, (symbol) => bookOf(state, symbol, levels))),
    async candles(symbols, timeframe, count) {
      const found = link.read('candles', (now) => symbols.map((symbol) => ({ symbol, timeframe, candles: history(symbol, timeframe, count, now) })));
      if (found.kind === 'unavailable') return found;
      const series = found.value.map(({ candles, ...rest }) => (candles === null ? null : { ...rest, candles })).filter((one) => one !== null);
      return series.length === symbols.length ? { ...found, value: series } : { kind: 'unavailable', cause: 'candles: a symbol is unknown' };
    },
  };
}

function known<T>(symbols: readonly string[], find: (symbol: string) => T | null | undefined): readonly T[] {
  return symbols.map(find).filter((value) => value !== null && value !== undefined);
}

function accountReads({ state }: Exchange, link: FaultyLink): Pick<Venue, 'account' | 'settings' | 'brackets' | 'positions' | 'incomeSince'> {
  return {
    account: async () =>
      link.read('account', () => ({
        positionMode: state.positionMode === 'hedge' ? 'hedge' : 'oneWay',
        balances: Object.keys(state.assets).map((asset) => assetBalance(viewAsset(state, asset))),
      })),
    settings: async (symbols) =>
      link.read('settings', () => ({
        canTrade: true,
        positionMode: state.positionMode === 'hedge' ? 'hedge' : 'oneWay',
        multiAssets: state.multiAssets,
        clockOffsetMs: 0,
        symbols: known(symbols, (symbol) => symbolSettings(state, symbol)),
      })),
    brackets: async (symbols) => link.read('brackets', () => known(symbols, (symbol) => state.instruments[symbol]).map(tiersOfBrackets)),
    positions: async () => link.read('positions', () => livePositions(state).map((position) => venuePosition(viewPosition(state, position)))),
    incomeSince: async (since) =>
      link.read('incomeSince', () => {
        // Rows are in the order of their times, and asked for is the end of what may be years.
        const from = state.income.findLastIndex(({ time }) => time < since) + 1;
        return state.income.slice(from, from + INCOME_MOST_ROWS).map(incomeRow);
      }),
  };
}

function orderReads({ state }: Exchange, link: FaultyLink): Pick<Venue, 'openOrders' | 'findOrder' | 'findOrderOfFill'> {
  return {
    openOrders: async () => link.read('openOrders', () => Object.values(state.openOrders).flat().map(venueOrder)),
    findOrder: async ({ symbol, clientOrderId }) =>
      foundOfAnswer('findOrder', link.read('findOrder', (now) => queryOrder(state, { symbol, origClientOrderId: clientOrderId }, now)), venueOrder),
    findOrderOfFill: async ({ symbol, venueOrderId }) =>
      foundOfAnswer('findOrderOfFill', link.read('findOrderOfFill', (now) => queryOrder(state, { symbol, orderId: venueOrderId }, now)), venueOrder),
  };
}

function orderMutations(exchange: Exchange, link: FaultyLink, clock: Clock): Pick<Venue, 'place' | 'cancel' | 'setLeverage' | 'setMarginMode'> {
  return {
    async place(request): Promise<VenueOutcome> {
      const problem = contradictionIn(request);
      if (problem !== null) return { kind: 'rejected', code: 'other', venueCode: 'not sent', message: problem };
      const order = exchangeRequest(request, exchange.state.positionMode);
      const delivery = link.deliver('place', request.armedAt, (now) => exchange.execute('placeOrder', order, now));
      if (delivery.kind !== 'answered') return failedDelivery(delivery);
      const answer = delivery.value;
      return answer.ok ? { kind: 'accepted', order: venueOrder(answer.value) } : rejectedOutcome(answer);
    },
    async cancel({ symbol, clientOrderId }): Promise<CancelOutcome> {
      const key = { symbol, origClientOrderId: clientOrderId };
      const delivery = link.deliver('cancel', clock.now(), (now) => exchange.execute('cancelOrder', key, now));
      if (delivery.kind !== 'answered') return { kind: 'ambiguous', cause: delivery.cause };
      const answer = delivery.value;
      if (answer.ok) return { kind: 'canceled', order: venueOrder(answer.value) };
      const failed = failedCancel(answer);
      return failed.kind === 'unknown' ? { kind: 'unknownOrder' } : failed;
    },
    async setLeverage(symbol, leverage) {
      const delivery = link.deliver('setLeverage', clock.now(), (now) => exchange.execute('setLeverage', { symbol, leverage }, now));
      if (delivery.kind !== 'answered') return failedDelivery(delivery);
      return delivery.value.ok ? { kind: 'accepted' } : rejectedOutcome(delivery.value);
    },
    async setMarginMode(symbol, marginMode) {
      const marginType = marginMode === 'cross' ? 'CROSSED' : 'ISOLATED';
      const delivery = link.deliver('setMarginMode', clock.now(), (now) => exchange.execute('setMarginType', { symbol, marginType }, now));
      if (delivery.kind !== 'answered') return failedDelivery(delivery);
      const answer = delivery.value;
      return answer.ok || answer.code === MARGIN_TYPE_UNCHANGED ? { kind: 'accepted' } : rejectedOutcome(answer);
    },
  };
}
