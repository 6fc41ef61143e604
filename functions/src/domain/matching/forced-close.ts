// Closes that have right of way over the account's own resting closing orders: triggered stops, liquidation and
// auto-deleveraging. Resting orders that no longer fit the position expire first, newest first.
import { type Decimal, decimal, isPositive, text } from '../money/decimal.ts';
import { expireExcessCloses } from './closing-orders.ts';
import type { Order, OrderOrigin, PositionSide, Side } from './exchange-state.ts';
import { fillOrder } from './fill.ts';
import { type MatchingContext, markOf } from './matching-context.ts';
import { type OrderDraft, openOrder } from './order-book.ts';
import { executeOrder } from './place-order.ts';

export interface ForcedClose {
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly qty: Decimal;
  readonly closePosition: boolean;
  readonly origin: OrderOrigin;
  readonly clientOrderId: string | null;
}

/** Closes through the book, like any market order. */
export function closeByMarket(ctx: MatchingContext, close: ForcedClose): Order {
  expireExcessCloses(ctx, close.symbol, close.positionSide, close.qty);
  return executeOrder(ctx, draftOf(close));
}

/** Closes the whole quantity at the mark price, as the venue does when it takes a position over. */
export function closeAtMark(ctx: MatchingContext, close: ForcedClose): Order {
  if (!isPositive(close.qty)) throw new RangeError(`a close needs a quantity above 0, got ${text(close.qty)}`);
  expireExcessCloses(ctx, close.symbol, close.positionSide, close.qty);
  const order = openOrder(ctx, draftOf(close));
  ctx.emit({ kind: 'order', order: { ...order } });
  fillOrder(ctx, order, close.qty, decimal(markOf(ctx.state, close.symbol)), false);
  return order;
}

function draftOf({ symbol, side, positionSide, qty, closePosition, origin, clientOrderId }: ForcedClose): OrderDraft {
  return {
    symbol,
    side,
    positionSide,
    type: 'MARKET',
    timeInForce: 'GTC',
    price: '0',
    origQty: text(qty),
    reduceOnly: positionSide === 'BOTH',
    closePosition,
    origin,
    clientOrderId,
  };
}
