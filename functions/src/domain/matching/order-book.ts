// Where orders live. An order moves once, from open to closed, and keeps its id.
import { type Decimal, decimal } from '../money/decimal.ts';
import { addText, nextId } from './amount.ts';
import type { ExchangeState, Order, OrderStatus } from './exchange-state.ts';
import type { MatchingContext } from './matching-context.ts';

/** What an order is before the exchange gives it an id. */
export type OrderDraft = Pick<
  Order,
  'symbol' | 'side' | 'positionSide' | 'type' | 'timeInForce' | 'price' | 'origQty' | 'reduceOnly' | 'closePosition' | 'origin'
> & { readonly clientOrderId: string | null };

export function openOrdersOf(state: ExchangeState, symbol: string): readonly Order[] {
  return state.openOrders[symbol] ?? [];
}

export function remainingQty(order: Order): Decimal {
  return decimal(order.origQty).minus(order.executedQty);
}

export function isOpen(order: Order): boolean {
  return order.status === 'NEW' || order.status === 'PARTIALLY_FILLED';
}

/** Gives the draft its id and opens it. */
export function openOrder(ctx: MatchingContext, draft: OrderDraft): Order {
  const { state } = ctx;
  const orderId = state.nextOrderId;
  state.nextOrderId = nextId(orderId);
  const order: Order = {
    ...draft,
    orderId,
    clientOrderId: draft.clientOrderId ?? `auto-${orderId}`,
    time: state.time,
    executedQty: '0',
    cumQuote: '0',
    status: 'NEW',
    updateTime: state.time,
    queueAhead: '0',
  };
  (state.openOrders[order.symbol] ??= []).push(order);
  state.orderIdByClientId[`${order.symbol}:${order.clientOrderId}`] = orderId;
  return order;
}

/** Books an execution on the order and closes it when nothing remains. */
export function addExecution(ctx: MatchingContext, order: Order, qty: Decimal, price: Decimal): void {
  order.executedQty = addText(order.executedQty, qty);
  order.cumQuote = addText(order.cumQuote, qty.times(price));
  order.updateTime = ctx.state.time;
  if (decimal(order.executedQty).eq(order.origQty)) {
    closeOrder(ctx, order, 'FILLED');
  } else {
    order.status = 'PARTIALLY_FILLED';
    ctx.emit({ kind: 'order', order: { ...order } });
  }
}

export function closeOrder(ctx: MatchingContext, order: Order, status: Extract<OrderStatus, 'FILLED' | 'CANCELED' | 'EXPIRED'>): void {
  const { state } = ctx;
  order.status = status;
  order.updateTime = state.time;
  const open = state.openOrders[order.symbol] ?? [];
  const at = open.indexOf(order);
  if (at < 0) throw new Error(`order ${order.orderId} is not open and cannot become ${status}`);
  open.splice(at, 1);
  state.closedOrders[order.orderId] = order;
  ctx.emit({ kind: 'order', order: { ...order } });
}
