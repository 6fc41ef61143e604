// What the venue still tells about past orders. It forgets: orders cancelled or expired without a fill after 3 days, all after 90.
import { decimal, isZero } from '../money/decimal.ts';
import { type AlgoKey, type OrderKey, findAlgo, findOrder } from './cancel-order.ts';
import type { AlgoOrder, ExchangeState, Order } from './exchange-state.ts';
import { isOpen } from './order-book.ts';
import { type Answer, accept, reject } from './rejection.ts';

const DAY_MS = 86_400_000;
const UNFILLED_KEPT_MS = 3 * DAY_MS;
const KEPT_MS = 90 * DAY_MS;

export function queryOrder(state: ExchangeState, key: OrderKey, now: number): Answer<Order> {
  if (state.instruments[key.symbol] === undefined) return reject('symbol');
  if (key.orderId === undefined && key.origClientOrderId === undefined) return reject('mandatoryParameter', 'orderid');
  const order = findOrder(state, key);
  return order !== null && isRemembered(order, now) ? accept({ ...order }) : reject('noSuchOrder');
}

export function queryAlgo(state: ExchangeState, key: AlgoKey, now: number): Answer<AlgoOrder> {
  if (key.algoId === undefined && key.clientAlgoId === undefined) return reject('mandatoryParameter', 'algoid');
  const algo = findAlgo(state, key);
  return algo !== null && now - algo.updateTime <= KEPT_MS ? accept({ ...algo }) : reject('noSuchOrder');
}

/** Orders of a symbol still remembered, open ones included, by rising id. */
export function orderHistory(state: ExchangeState, symbol: string, now: number): Order[] {
  const closed = Object.values(state.closedOrders).filter((order) => order.symbol === symbol && isRemembered(order, now));
  return [...closed, ...(state.openOrders[symbol] ?? [])].toSorted(byId);
}

function isRemembered(order: Order, now: number): boolean {
  if (isOpen(order)) return true;
  const age = now - order.updateTime;
  return age <= (isZero(decimal(order.executedQty)) ? UNFILLED_KEPT_MS : KEPT_MS);
}

function byId(a: Order, b: Order): number {
  const [left, right] = [BigInt(a.orderId), BigInt(b.orderId)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
