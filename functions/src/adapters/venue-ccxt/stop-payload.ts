/**
 * What POST /fapi/v1/algoOrder is sent for a protective stop, by the account's position mode. It closes the position, so
 * it carries neither quantity (-4137) nor reduceOnly (-1106); only hedge mode names the position side. All values are text.
 */
import type { PositionMode } from '../../domain/account/account.ts';
import { isPositive, text } from '../../domain/money/decimal.ts';
import type { StopKind, StopRequest } from '../../domain/order/protective-stop.ts';
import { clientIdProblem } from './client-id.ts';
import type { OrderPayload } from './order-payload.ts';

export const STOP_TYPES: Readonly<Record<StopKind, string>> = { stopLoss: 'STOP_MARKET', takeProfit: 'TAKE_PROFIT_MARKET' };

export function stopPayload(request: StopRequest, mode: PositionMode): OrderPayload {
  const { clientStopId, symbol, positionSide, kind, triggerPrice } = request;
  const problem = clientIdProblem('clientStopId', clientStopId) ?? (isPositive(triggerPrice) ? null : notAPrice(request));
  if (problem !== null) return { ok: false, problem };
  return {
    ok: true,
    params: {
      algoType: 'CONDITIONAL',
      symbol,
      side: positionSide === 'long' ? 'SELL' : 'BUY',
      ...(mode === 'hedge' ? { positionSide: positionSide === 'long' ? 'LONG' : 'SHORT' } : {}),
      type: STOP_TYPES[kind],
      triggerPrice: text(triggerPrice),
      workingType: 'MARK_PRICE',
      closePosition: 'true',
      clientAlgoId: clientStopId,
      newOrderRespType: 'RESULT',
    },
  };
}

function notAPrice({ triggerPrice }: StopRequest): string {
  return `triggerPrice is ${text(triggerPrice)}: it must be above 0`;
}
