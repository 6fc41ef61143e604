import { decimal, text } from '../money/decimal.ts';
import { displayedSizeAt } from './depth-model.ts';
import type { Order } from './exchange-state.ts';
import { type MatchingContext, instrumentOf, marketOf } from './matching-context.ts';
import { type OrderDraft, closeOrder, isOpen, openOrder } from './order-book.ts';
import { refuseOrder } from './order-checks.ts';
import { type OrderRequest, parseOrder } from './order-request.ts';
import { type Answer, accept } from './rejection.ts';
import { takeFromBook } from './taker-plan.ts';

/** Accepts or refuses an order; an accepted one takes at once what it may and rests or expires with the remainder. */
export function placeOrder(ctx: MatchingContext, request: OrderRequest): Answer<Order> {
  const parsed = parseOrder(ctx.state, request);
  if (!parsed.ok) return parsed;
  const refusal = refuseOrder(ctx.state, parsed.value);
  if (refusal !== null) return refusal;
  const { symbol, side, positionSide, type, timeInForce, price, quantity, clientOrderId, reduceOnly } = parsed.value;
  return accept(
    executeOrder(ctx, {
      symbol,
      side,
      positionSide,
      type,
      timeInForce,
      price,
      origQty: quantity,
      clientOrderId,
      reduceOnly,
      closePosition: false,
      origin: 'user',
    }),
  );
}

/** Runs a draft that needs no more checks. */
export function executeOrder(ctx: MatchingContext, draft: OrderDraft): Order {
  const order = openOrder(ctx, draft);
  ctx.emit({ kind: 'order', order: { ...order } });
  takeFromBook(ctx, order);
  if (!isOpen(order)) return order;
  if (order.type === 'LIMIT' && (order.timeInForce === 'GTC' || order.timeInForce === 'GTX')) rest(ctx, order);
  else closeOrder(ctx, order, 'EXPIRED');
  return order;
}

/** The size displayed at our price when we arrive is ahead of us in the queue. */
function rest(ctx: MatchingContext, order: Order): void {
  const market = marketOf(ctx.state, order.symbol);
  const side = order.side === 'BUY' ? 'bid' : 'ask';
  order.queueAhead = text(displayedSizeAt(instrumentOf(ctx.state, order.symbol), market, side, decimal(order.price)));
}
