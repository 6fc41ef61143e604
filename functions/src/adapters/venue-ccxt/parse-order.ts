import { z } from 'zod';
import { ORDER_PREFIX } from '../../domain/identity/derived-id.ts';
import type { VenueOrder, VenueOrderStatus } from '../../domain/order/venue-order.ts';
import type { OrderRef } from '../../ports/venue.ts';
import type { PositionSide, Side } from '../../schema/scalars.ts';
import { wireId, wirePositionSide, wirePriceOrNone, wireQty, wireSide, wireTime } from './wire-scalars.ts';

const wireStatus = z.enum(['NEW', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'EXPIRED', 'EXPIRED_IN_MATCH', 'REJECTED']);

const STATUS: Readonly<Record<z.infer<typeof wireStatus>, VenueOrderStatus>> = {
  NEW: 'new',
  PARTIALLY_FILLED: 'partiallyFilled',
  FILLED: 'filled',
  CANCELED: 'canceled',
  EXPIRED: 'expired',
  EXPIRED_IN_MATCH: 'expired',
  REJECTED: 'rejected',
};

/** An order as POST, GET and DELETE /fapi/v1/order and GET openOrders give it. A status we do not know fails. */
export const wireOrder: z.ZodType<VenueOrder> = z
  .looseObject({
    clientOrderId: z.string(),
    orderId: wireId,
    symbol: z.string(),
    side: wireSide,
    positionSide: wirePositionSide,
    reduceOnly: z.boolean(),
    closePosition: z.boolean(),
    type: z.string(),
    status: wireStatus,
    origQty: wireQty,
    price: wirePriceOrNone,
    executedQty: wireQty,
    avgPrice: wirePriceOrNone,
    updateTime: wireTime,
  })
  .transform((raw) => ({
    clientOrderId: raw.clientOrderId,
    venueOrderId: raw.orderId,
    symbol: raw.symbol,
    side: raw.side,
    positionSide: exposureSide(raw.positionSide, raw.side, raw.reduceOnly || raw.closePosition),
    type: raw.type.toLowerCase(),
    status: STATUS[raw.status],
    qty: raw.origQty,
    price: raw.price,
    executedQty: raw.executedQty,
    averagePrice: raw.avgPrice,
    updatedAt: raw.updateTime,
  }));

/**
 * The same, of the one order that was asked for. An answer about another one, or one that has filled more than it wanted,
 * proves nothing about ours: whoever asked has to ask again.
 */
export function wireOrderOf({ symbol, clientOrderId }: OrderRef): z.ZodType<VenueOrder> {
  return wireOrder
    .refine((order) => order.symbol === symbol && order.clientOrderId === clientOrderId, `an answer about ${clientOrderId} of ${symbol}`)
    .refine(({ qty, executedQty, status }) => executedQty.lte(qty) && (status !== 'filled' || executedQty.eq(qty)), 'an order that has filled no more than it wanted, and all of it where it says so');
}

/**
 * GET /fapi/v1/openOrders. A row that does not fit is left out where its name says that it is not ours: one odd order of
 * somebody else must not hide the others, which are to be told of, or to make way for an exit.
 */
export const wireOrders: z.ZodType<VenueOrder[]> = z
  .array(z.looseObject({ clientOrderId: z.string() }))
  .transform((rows): unknown[] => rows.filter((row) => row.clientOrderId.startsWith(ORDER_PREFIX) || wireOrder.safeParse(row).success))
  .pipe(z.array(wireOrder));

/** In one-way mode (BOTH) an order's exposure follows from what it does: a buy opens a long or reduces a short. */
export function exposureSide(sent: 'LONG' | 'SHORT' | 'BOTH', side: Side, reducing: boolean): PositionSide {
  if (sent !== 'BOTH') return sent === 'LONG' ? 'long' : 'short';
  return (side === 'buy') === reducing ? 'short' : 'long';
}
