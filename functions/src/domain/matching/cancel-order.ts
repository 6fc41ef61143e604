import { closeAlgo } from './algo-orders.ts';
import type { AlgoOrder, ExchangeState, Order } from './exchange-state.ts';
import type { MatchingContext } from './matching-context.ts';
import { closeOrder, openOrdersOf } from './order-book.ts';
import { type Answer, accept, reject } from './rejection.ts';

/** One of the two ids; the order id wins when both are given, as at the venue. */
export interface OrderKey {
  readonly symbol: string;
  readonly orderId?: string | undefined;
  readonly origClientOrderId?: string | undefined;
}

export interface AlgoKey {
  readonly algoId?: string | undefined;
  readonly clientAlgoId?: string | undefined;
}

/** Cancelling keeps what was executed. An order that is not open is "unknown", whatever became of it. */
export function cancelOrder(ctx: MatchingContext, key: OrderKey): Answer<Order> {
  if (ctx.state.instruments[key.symbol] === undefined) return reject('symbol');
  if (key.orderId === undefined && key.origClientOrderId === undefined) {
    return reject('mandatoryParameter', 'origclientorderid');
  }
  const order = openOrdersOf(ctx.state, key.symbol).find((open) => matches(open, key));
  if (order === undefined) return reject('unknownOrder');
  closeOrder(ctx, order, 'CANCELED');
  return accept(order);
}

export function cancelAllOrders(ctx: MatchingContext, symbol: string): Answer<readonly Order[]> {
  if (ctx.state.instruments[symbol] === undefined) return reject('symbol');
  const orders = openOrdersOf(ctx.state, symbol).slice();
  for (const order of orders) closeOrder(ctx, order, 'CANCELED');
  return accept(orders);
}

export function cancelAlgo(ctx: MatchingContext, key: AlgoKey): Answer<AlgoOrder> {
  if (key.algoId === undefined && key.clientAlgoId === undefined) return reject('mandatoryParameter', 'algoid');
  const algo = ctx.state.openAlgos.find((open) => matchesAlgo(open, key));
  if (algo === undefined) return reject('unknownOrder');
  closeAlgo(ctx, algo, 'CANCELED');
  return accept(algo);
}

export function cancelAllAlgos(ctx: MatchingContext, symbol: string): Answer<readonly AlgoOrder[]> {
  if (ctx.state.instruments[symbol] === undefined) return reject('symbol');
  const algos = ctx.state.openAlgos.filter((algo) => algo.symbol === symbol);
  for (const algo of algos) closeAlgo(ctx, algo, 'CANCELED');
  return accept(algos);
}

/** Any order ever accepted, by id or by its client id's newest use. */
export function findOrder(state: ExchangeState, key: OrderKey): Order | null {
  const orderId = key.orderId ?? state.orderIdByClientId[`${key.symbol}:${key.origClientOrderId ?? ''}`];
  if (orderId === undefined) return null;
  const order = openOrdersOf(state, key.symbol).find((open) => open.orderId === orderId) ?? state.closedOrders[orderId];
  return order !== undefined && order.symbol === key.symbol ? order : null;
}

export function findAlgo(state: ExchangeState, key: AlgoKey): AlgoOrder | null {
  const algoId = key.algoId ?? state.algoIdByClientId[key.clientAlgoId ?? ''];
  if (algoId === undefined) return null;
  return state.openAlgos.find((open) => open.algoId === algoId) ?? state.closedAlgos[algoId] ?? null;
}

function matches(order: Order, key: OrderKey): boolean {
  return key.orderId !== undefined ? order.orderId === key.orderId : order.clientOrderId === key.origClientOrderId;
}

function matchesAlgo(algo: AlgoOrder, key: AlgoKey): boolean {
  return key.algoId !== undefined ? algo.algoId === key.algoId : algo.clientAlgoId === key.clientAlgoId;
}
