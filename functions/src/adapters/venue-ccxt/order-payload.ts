/**
 * What POST /fapi/v1/order is sent, by the account's position mode. Hedge mode names the position side and must not
 * carry reduceOnly (-1106); one-way mode carries reduceOnly when reducing and no position side. All values are text.
 */
import type { PositionMode } from '../../domain/account/account.ts';
import { isPositive, text } from '../../domain/money/decimal.ts';
import type { OrderRequest } from '../../domain/order/venue-order.ts';
import { clientIdProblem } from './client-id.ts';

export type OrderPayload =
  | { readonly ok: true; readonly params: Readonly<Record<string, string>> }
  /** The request contradicts itself: nothing may be sent. */
  | { readonly ok: false; readonly problem: string };

export function orderPayload(request: OrderRequest, mode: PositionMode): OrderPayload {
  const problem = problemOf(request);
  if (problem !== null) return { ok: false, problem };
  return {
    ok: true,
    params: {
      symbol: request.symbol,
      side: request.side === 'buy' ? 'BUY' : 'SELL',
      ...exposureParams(request, mode),
      ...typeParams(request),
      quantity: text(request.qty),
      newClientOrderId: request.clientOrderId,
      newOrderRespType: 'RESULT',
    },
  };
}

function problemOf(request: OrderRequest): string | null {
  const { side, positionSide, reducing, clientOrderId, qty } = request;
  const expected = (positionSide === 'long') === reducing ? 'sell' : 'buy';
  if (side !== expected) return `side is ${side}: ${reducing ? 'reducing' : 'opening'} a ${positionSide} needs ${expected}`;
  const idProblem = clientIdProblem('clientOrderId', clientOrderId);
  if (idProblem !== null) return idProblem;
  if (!isPositive(qty)) return `qty is ${text(qty)}: it must be above 0`;
  if (request.type === 'limit' && !isPositive(request.price)) return `price is ${text(request.price)}: it must be above 0`;
  return null;
}

function exposureParams({ positionSide, reducing }: OrderRequest, mode: PositionMode): Record<string, string> {
  if (mode === 'hedge') return { positionSide: positionSide === 'long' ? 'LONG' : 'SHORT' };
  return reducing ? { reduceOnly: 'true' } : {};
}

function typeParams(request: OrderRequest): Record<string, string> {
  if (request.type === 'market') return { type: 'MARKET' };
  return { type: 'LIMIT', timeInForce: request.timeInForce, price: text(request.price) };
}
