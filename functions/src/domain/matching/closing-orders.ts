// Orders that can only shrink a position: reduce-only in one-way mode, and in hedge mode every SELL of a LONG and BUY of a SHORT.
// Together they never ask for more than is held.
import { type Decimal, ZERO, isPositive, sum } from '../money/decimal.ts';
import type { ExchangeState, Order, PositionSide, Side } from './exchange-state.ts';
import type { MatchingContext } from './matching-context.ts';
import { closeOrder, openOrdersOf, remainingQty } from './order-book.ts';
import { heldQty } from './position-book.ts';

export interface OrderDirection {
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly reduceOnly: boolean;
}

export function isClosing({ side, positionSide, reduceOnly }: OrderDirection): boolean {
  return positionSide === 'BOTH' ? reduceOnly : side === closingSide(positionSide);
}

function closingSide(positionSide: 'LONG' | 'SHORT'): Side {
  return positionSide === 'LONG' ? 'SELL' : 'BUY';
}

/** How much of the position an order of this side would close, ignoring other orders. */
export function closableQty(state: ExchangeState, symbol: string, side: Side, positionSide: PositionSide): Decimal {
  const held = heldQty(state, symbol, positionSide);
  const signed = side === 'SELL' ? held : held.neg();
  return isPositive(signed) ? signed : ZERO;
}

/** What resting closing orders of the same direction already claim. */
export function pendingCloseQty(state: ExchangeState, direction: OrderDirection): Decimal {
  return sum(closingOrdersLike(state, direction).map(remainingQty));
}

/**
 * After a position shrank by other means, expires the newest closing orders until the rest fits what is still held, less what
 * is `reserved` for a close that has right of way.
 */
export function expireExcessCloses(ctx: MatchingContext, symbol: string, positionSide: PositionSide, reserved: Decimal = ZERO): void {
  for (const side of ['BUY', 'SELL'] as const) {
    const direction = { symbol, side, positionSide, reduceOnly: true };
    if (!isClosing(direction)) continue;
    const free = closableQty(ctx.state, symbol, side, positionSide).minus(reserved);
    let excess = pendingCloseQty(ctx.state, direction).minus(free);
    for (const order of closingOrdersLike(ctx.state, direction).toReversed()) {
      if (!isPositive(excess)) break;
      excess = excess.minus(remainingQty(order));
      closeOrder(ctx, order, 'EXPIRED');
    }
  }
}

function closingOrdersLike(state: ExchangeState, { symbol, side, positionSide }: OrderDirection): Order[] {
  return openOrdersOf(state, symbol).filter(
    (order) => order.side === side && order.positionSide === positionSide && isClosing(order),
  );
}
