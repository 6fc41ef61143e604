// What a taker would get from the displayed book right now, best price first.
import { type Decimal, ZERO, decimal, isPositive, min } from '../money/decimal.ts';
import { addText } from './amount.ts';
import { type BookLevel, displayedLevels } from './depth-model.ts';
import type { Order, Side, SymbolMarket } from './exchange-state.ts';
import { fillOrder } from './fill.ts';
import { type MatchingContext, instrumentOf, marketOf } from './matching-context.ts';
import { remainingQty } from './order-book.ts';
import type { VenueInstrument } from './venue-instrument.ts';

export interface TakerPlan {
  readonly takes: readonly BookLevel[];
  readonly qty: Decimal;
  readonly notional: Decimal;
}

/** Takes up to `qty` from the opposite side, at no worse than `limit` (null: any price). */
export function planTake(instrument: VenueInstrument, market: SymbolMarket, side: Side, qty: Decimal, limit: Decimal | null): TakerPlan {
  const takes: BookLevel[] = [];
  let left = qty;
  let notional = ZERO;
  for (const level of displayedLevels(instrument, market, side === 'BUY' ? 'ask' : 'bid')) {
    if (!isPositive(left) || (limit !== null && isWorse(side, level.price, limit))) break;
    const taken = min(left, level.qty);
    takes.push({ price: level.price, qty: taken });
    left = left.minus(taken);
    notional = notional.plus(taken.times(level.price));
  }
  return { takes, qty: qty.minus(left), notional };
}

/** Executes an open order against the book and consumes what it took until the next quote. */
export function takeFromBook(ctx: MatchingContext, order: Order): void {
  const market = marketOf(ctx.state, order.symbol);
  const limit = order.type === 'LIMIT' ? decimal(order.price) : null;
  const plan = planTake(instrumentOf(ctx.state, order.symbol), market, order.side, remainingQty(order), limit);
  if (order.side === 'BUY') market.askTaken = addText(market.askTaken, plan.qty);
  else market.bidTaken = addText(market.bidTaken, plan.qty);
  for (const take of plan.takes) fillOrder(ctx, order, take.qty, take.price, false);
}

function isWorse(side: Side, price: Decimal, limit: Decimal): boolean {
  return side === 'BUY' ? price.gt(limit) : price.lt(limit);
}
