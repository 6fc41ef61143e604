import { z } from 'zod';
import type { VenueFill } from '../../domain/order/venue-order.ts';
import { asPrice, asQty } from '../../domain/money/units.ts';
import type { PositionSide } from '../../schema/scalars.ts';
import { wireDecimal, wireId, wirePositionSide, wirePositive, wireSide, wireTime, wireUsd } from './wire-scalars.ts';

/** A row of GET /fapi/v1/userTrades. */
export const wireTrade = z.looseObject({
  id: wireId,
  orderId: wireId,
  symbol: z.string(),
  side: wireSide,
  positionSide: wirePositionSide,
  qty: wirePositive.transform((value) => asQty(value)),
  price: wirePositive.transform((value) => asPrice(value)),
  commission: wireDecimal,
  commissionAsset: z.string(),
  realizedPnl: wireUsd,
  maker: z.boolean(),
  time: wireTime,
});

export type WireTrade = z.infer<typeof wireTrade>;

/** In one-way mode (BOTH) a trade does not say which exposure it moved, so the caller does. */
export function venueFill(trade: WireTrade, positionSide: PositionSide): VenueFill {
  return {
    tradeId: trade.id,
    venueOrderId: trade.orderId,
    symbol: trade.symbol,
    side: trade.side,
    positionSide,
    qty: trade.qty,
    price: trade.price,
    feeAmount: trade.commission,
    feeAsset: trade.commissionAsset,
    realizedPnl: trade.realizedPnl,
    isMaker: trade.maker,
    filledAt: trade.time,
  };
}
