// Orders and trades between our words and the exchange's.
import { averagePrice } from '../../domain/matching/algo-execution.ts';
import type { OrderDirection } from '../../domain/matching/closing-orders.ts';
import type { Order, Trade } from '../../domain/matching/exchange-state.ts';
import type { OrderRequest as ExchangeRequest } from '../../domain/matching/order-request.ts';
import { decimal, isZero, text } from '../../domain/money/decimal.ts';
import { asPrice, price, qty, usd } from '../../domain/money/units.ts';
import type { OrderRequest, VenueFill, VenueOrder, VenueOrderStatus } from '../../domain/order/venue-order.ts';
import type { PositionSide } from '../../schema/scalars.ts';

const STATUS: Readonly<Record<Order['status'], VenueOrderStatus>> = {
  NEW: 'new',
  PARTIALLY_FILLED: 'partiallyFilled',
  FILLED: 'filled',
  CANCELED: 'canceled',
  EXPIRED: 'expired',
};

/** Hedge mode names the position side, one-way mode says reduceOnly; never both. */
export function exchangeRequest(request: OrderRequest, mode: 'hedge' | 'one-way'): ExchangeRequest {
  const exposure =
    mode === 'hedge'
      ? { positionSide: request.positionSide === 'long' ? 'LONG' : 'SHORT' }
      : { reduceOnly: request.reducing ? true : undefined };
  const terms =
    request.type === 'market'
      ? { type: 'MARKET' }
      : { type: 'LIMIT', timeInForce: request.timeInForce, price: text(request.price) };
  return {
    symbol: request.symbol,
    side: request.side === 'buy' ? 'BUY' : 'SELL',
    quantity: text(request.qty),
    newClientOrderId: request.clientOrderId,
    ...exposure,
    ...terms,
  };
}

/** One-way payloads name no position side, so a request that contradicts itself would move the wrong exposure. */
export function contradictionIn({ side, positionSide, reducing }: OrderRequest): string | null {
  const expected = (positionSide === 'long') === reducing ? 'sell' : 'buy';
  return side === expected ? null : `side is ${side}: ${reducing ? 'reducing' : 'opening'} a ${positionSide} needs ${expected}`;
}

export function venueOrder(order: Order): VenueOrder {
  const executed = qty(order.executedQty);
  return {
    clientOrderId: order.clientOrderId,
    venueOrderId: order.orderId,
    symbol: order.symbol,
    side: order.side === 'BUY' ? 'buy' : 'sell',
    positionSide: exposureOf(order),
    type: order.type.toLowerCase(),
    status: STATUS[order.status],
    qty: qty(order.origQty),
    price: order.type === 'MARKET' ? null : price(order.price),
    executedQty: executed,
    averagePrice: isZero(executed) ? null : asPrice(averagePrice(order)),
    updatedAt: order.updateTime,
  };
}

/** `positionSide` is the order's: in one-way mode a trade alone does not tell. */
export function venueFill(trade: Trade, positionSide: PositionSide): VenueFill {
  return {
    tradeId: trade.id,
    venueOrderId: trade.orderId,
    symbol: trade.symbol,
    side: trade.side === 'BUY' ? 'buy' : 'sell',
    positionSide,
    qty: qty(trade.qty),
    price: price(trade.price),
    feeAmount: decimal(trade.commission),
    feeAsset: trade.commissionAsset,
    realizedPnl: usd(trade.realizedPnl),
    isMaker: trade.maker,
    filledAt: trade.time,
  };
}

/** One-way orders (BOTH), conditional ones too: a buy opens a long or reduces a short. */
export function exposureOf({ positionSide, side, reduceOnly }: OrderDirection): PositionSide {
  if (positionSide !== 'BOTH') return positionSide === 'LONG' ? 'long' : 'short';
  return (side === 'BUY') === reduceOnly ? 'short' : 'long';
}
