// Protective stops between our words and the exchange's conditional orders.
import type { AlgoRequest } from '../../domain/matching/algo-request.ts';
import type { AlgoOrder, AlgoOrderType, AlgoStatus } from '../../domain/matching/exchange-state.ts';
import { text } from '../../domain/money/decimal.ts';
import { price } from '../../domain/money/units.ts';
import type { StopKind, StopRequest, VenueStop, VenueStopStatus } from '../../domain/order/protective-stop.ts';
import { exposureOf } from './order-words.ts';

const STATUS: Readonly<Record<AlgoStatus, VenueStopStatus>> = {
  NEW: 'working',
  FINISHED: 'finished',
  CANCELED: 'canceled',
  REJECTED: 'rejected',
  EXPIRED: 'expired',
};

const TYPES: Readonly<Record<StopKind, AlgoOrderType>> = { stopLoss: 'STOP_MARKET', takeProfit: 'TAKE_PROFIT_MARKET' };

/** Closing the position says all about size and direction; only hedge mode has to name which one. */
export function exchangeStop(request: StopRequest, mode: 'hedge' | 'one-way'): AlgoRequest {
  const isLong = request.positionSide === 'long';
  return {
    symbol: request.symbol,
    side: isLong ? 'SELL' : 'BUY',
    positionSide: mode === 'one-way' ? undefined : isLong ? 'LONG' : 'SHORT',
    type: TYPES[request.kind],
    triggerPrice: text(request.triggerPrice),
    workingType: 'MARK_PRICE',
    closePosition: true,
    clientAlgoId: request.clientStopId,
  };
}

export function venueStop(algo: AlgoOrder): VenueStop {
  return {
    clientStopId: algo.clientAlgoId,
    venueStopId: algo.algoId,
    symbol: algo.symbol,
    positionSide: exposureOf(algo),
    kind: kindOf(algo),
    triggerPrice: algo.orderType === 'TRAILING_STOP_MARKET' ? null : price(algo.triggerPrice),
    status: STATUS[algo.algoStatus],
    venueOrderId: algo.actualOrderId,
    createdAt: algo.createTime,
    updatedAt: algo.updateTime,
  };
}

function kindOf({ orderType, closePosition, workingType }: AlgoOrder): VenueStop['kind'] {
  if (!closePosition || workingType !== 'MARK_PRICE') return 'other';
  if (orderType === TYPES.stopLoss) return 'stopLoss';
  return orderType === TYPES.takeProfit ? 'takeProfit' : 'other';
}
