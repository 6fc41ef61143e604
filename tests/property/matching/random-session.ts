// Random sessions of an account: commands and market events in any order, valid or not. Small numbers on few price levels, so that
// orders meet each other, queues matter and closes run into closes.
import * as fc from 'fast-check';
import type { CommandArguments } from '../../../functions/src/domain/matching/commands.ts';
import { Exchange } from '../../../functions/src/domain/matching/exchange.ts';
import type { ExchangeEvent } from '../../../functions/src/domain/matching/exchange-event.ts';
import type { PositionMode } from '../../../functions/src/domain/matching/exchange-state.ts';
import type { MarketEvent } from '../../../functions/src/domain/matching/market-event.ts';
import { T0, setup } from '../../unit/domain/matching/exchange-builder.ts';

export type Action =
  | { readonly kind: 'market'; readonly event: MarketEvent }
  | { readonly kind: 'place'; readonly request: CommandArguments['placeOrder'] }
  | { readonly kind: 'algo'; readonly request: CommandArguments['placeAlgo'] }
  | { readonly kind: 'cancel'; readonly nth: number }
  | { readonly kind: 'deleverage'; readonly argument: CommandArguments['deleverage'] };

const SYMBOL = 'BTCUSDT';
const TICKS = 8;

const tick = fc.integer({ min: 0, max: TICKS });
const price = tick.map((ticks) => `${50_000 + ticks * 5}.1`);
const quantity = fc.constantFrom('0.003', '0.05', '0.1', '0.25', '0.333', '0.4');
const side = fc.constantFrom('BUY', 'SELL');

function positionSide(mode: PositionMode): fc.Arbitrary<'LONG' | 'SHORT' | 'BOTH'> {
  return mode === 'hedge' ? fc.constantFrom('LONG', 'SHORT') : fc.constant('BOTH');
}

const quoteEvent = fc.record({ bid: tick, width: fc.integer({ min: 1, max: 3 }), bidQty: quantity, askQty: quantity }).map(
  ({ bid, width, bidQty, askQty }): MarketEvent => ({
    kind: 'quote', symbol: SYMBOL, time: T0, bidQty, askQty,
    bidPrice: `${50_000 + bid * 5}.1`,
    askPrice: `${50_000 + (bid + width) * 5}.1`,
  }),
);
const tradeEvent = fc.record({ price, qty: quantity, aggressor: fc.constantFrom('BUY', 'SELL') }).map(
  (print): MarketEvent => ({ kind: 'trade', symbol: SYMBOL, time: T0, ...print }),
);
/** Now and then a mark far away, so that stops fire and accounts are liquidated. */
const markEvent = fc.oneof({ weight: 6, arbitrary: price }, { weight: 1, arbitrary: fc.constantFrom('30000', '48000', '52000', '70000') }).map(
  (markPrice): MarketEvent => ({ kind: 'mark', symbol: SYMBOL, time: T0, markPrice, indexPrice: markPrice }),
);
const fundingEvent = fc.integer({ min: -30, max: 30 }).map(
  (basis): MarketEvent => ({ kind: 'funding', symbol: SYMBOL, time: T0, rate: (basis / 10_000).toFixed(4), nextFundingTime: T0 + 1 }),
);
const market = fc.oneof(quoteEvent, tradeEvent, markEvent, fundingEvent).map((event): Action => ({ kind: 'market', event }));

function placing(mode: PositionMode): fc.Arbitrary<Action> {
  const common = { symbol: fc.constant(SYMBOL), side, positionSide: positionSide(mode), quantity };
  const reduceOnly = mode === 'one-way' ? fc.option(fc.boolean(), { nil: undefined }) : fc.constant(undefined);
  const limit = fc.record({ ...common, reduceOnly, type: fc.constant('LIMIT'), timeInForce: fc.constantFrom('GTC', 'GTX', 'IOC', 'FOK'), price });
  const taker = fc.record({ ...common, reduceOnly, type: fc.constant('MARKET') });
  return fc.oneof(limit, taker).map((request) => ({ kind: 'place', request }));
}

function placingAlgo(mode: PositionMode): fc.Arbitrary<Action> {
  return fc.record({
    symbol: fc.constant(SYMBOL),
    side,
    positionSide: positionSide(mode),
    type: fc.constantFrom('STOP_MARKET', 'TAKE_PROFIT_MARKET'),
    triggerPrice: fc.oneof(price, fc.constantFrom('48500', '51500')),
    workingType: fc.constantFrom('MARK_PRICE', 'CONTRACT_PRICE'),
    closePosition: fc.constant(true),
  }).map((request) => ({ kind: 'algo', request }));
}

export function sessions(mode: PositionMode): fc.Arbitrary<Action[]> {
  const cancel = fc.nat(9).map((nth): Action => ({ kind: 'cancel', nth }));
  const adl = fc.record({ symbol: fc.constant(SYMBOL), positionSide: positionSide(mode), qty: quantity }).map(
    (argument): Action => ({ kind: 'deleverage', argument }),
  );
  const action = fc.oneof(
    { weight: 6, arbitrary: market },
    { weight: 6, arbitrary: placing(mode) },
    { weight: 2, arbitrary: placingAlgo(mode) },
    { weight: 1, arbitrary: cancel },
    { weight: 1, arbitrary: adl },
  );
  return fc.array(action, { minLength: 20, maxLength: 80, size: 'max' });
}

export interface Session {
  readonly exchange: Exchange;
  readonly events: readonly ExchangeEvent[];
}

/** An exchange with a quote and a mark, ready for `act`. */
export function begin(mode: PositionMode): Session {
  const events: ExchangeEvent[] = [];
  const exchange = Exchange.open(setup({ positionMode: mode }), (event) => events.push(event));
  exchange.applyMarketEvent({ kind: 'quote', symbol: SYMBOL, time: T0, bidPrice: '50000.1', bidQty: '0.2', askPrice: '50005.1', askQty: '0.2' });
  exchange.applyMarketEvent({ kind: 'mark', symbol: SYMBOL, time: T0, markPrice: '50000', indexPrice: '50000' });
  return { exchange, events };
}

export function act(exchange: Exchange, action: Action): void {
  switch (action.kind) {
    case 'market':
      exchange.applyMarketEvent(action.event);
      return;
    case 'place':
      exchange.execute('placeOrder', action.request, T0);
      return;
    case 'algo':
      exchange.execute('placeAlgo', action.request, T0);
      return;
    case 'cancel':
      cancelNth(exchange, action.nth);
      return;
    case 'deleverage':
      exchange.execute('deleverage', action.argument, T0);
      return;
  }
}

function cancelNth(exchange: Exchange, nth: number): void {
  const orderId = exchange.state.openOrders[SYMBOL]?.[nth]?.orderId ?? '0';
  exchange.execute('cancelOrder', { symbol: SYMBOL, orderId }, T0);
}

/** A whole session at once. */
export function play(mode: PositionMode, actions: readonly Action[]): Session {
  const session = begin(mode);
  for (const action of actions) act(session.exchange, action);
  return session;
}
