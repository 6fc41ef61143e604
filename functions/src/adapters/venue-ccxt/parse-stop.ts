import { z } from 'zod';
import { STOP_PREFIX } from '../../domain/exits/stop-id.ts';
import type { StopKind, VenueStop, VenueStopStatus } from '../../domain/order/protective-stop.ts';
import type { StopRef } from '../../ports/venue.ts';
import { exposureSide } from './parse-order.ts';
import { STOP_TYPES } from './stop-payload.ts';
import { wireId, wirePositionSide, wirePriceOrNone, wireSide, wireTime } from './wire-scalars.ts';

const wireStatus = z.enum(['NEW', 'TRIGGERING', 'TRIGGERED', 'FINISHED', 'CANCELED', 'REJECTED', 'EXPIRED']);

const STATUS: Readonly<Record<z.infer<typeof wireStatus>, VenueStopStatus>> = {
  NEW: 'working',
  TRIGGERING: 'triggered',
  TRIGGERED: 'triggered',
  FINISHED: 'finished',
  CANCELED: 'canceled',
  REJECTED: 'rejected',
  EXPIRED: 'expired',
};

/** What there is none of is written as empty text or as 0, or not at all. */
const NOTHING = z.literal(['', '0', 0, null]).transform(() => null);

const rawStop = z.looseObject({
  clientAlgoId: z.string(),
  algoId: wireId,
  symbol: z.string(),
  side: wireSide,
  positionSide: wirePositionSide,
  orderType: z.string(),
  algoStatus: wireStatus,
  triggerPrice: z.union([NOTHING, wirePriceOrNone]).optional(),
  actualOrderId: z.union([NOTHING, wireId]).optional(),
  closePosition: z.boolean(),
  reduceOnly: z.boolean(),
  workingType: z.string(),
  createTime: wireTime,
  updateTime: wireTime,
});

/** A conditional order as POST and GET /fapi/v1/algoOrder and GET openAlgoOrders give it. A status we do not know fails. */
export const wireStop: z.ZodType<VenueStop> = rawStop.transform((raw) => ({
  clientStopId: raw.clientAlgoId,
  venueStopId: raw.algoId,
  symbol: raw.symbol,
  positionSide: exposureSide(raw.positionSide, raw.side, raw.reduceOnly || raw.closePosition),
  kind: kindOf(raw),
  triggerPrice: raw.triggerPrice ?? null,
  status: STATUS[raw.algoStatus],
  venueOrderId: raw.actualOrderId ?? null,
  createdAt: raw.createTime,
  updatedAt: raw.updateTime,
}));

/** The same, of the one stop that was asked for: an answer about another one proves nothing about ours. */
export function wireStopOf({ symbol, clientStopId }: StopRef): z.ZodType<VenueStop> {
  return wireStop.refine((stop) => stop.symbol === symbol && stop.clientStopId === clientStopId, `an answer about ${clientStopId} of ${symbol}`);
}

/**
 * GET /fapi/v1/openAlgoOrders. A row that does not fit is left out where its name says that it is not ours: one odd order
 * of another bot must not leave our positions without stops. Should it be a stop as we would place it, the venue refuses
 * ours and says so.
 */
export const wireStops: z.ZodType<VenueStop[]> = z
  .array(z.looseObject({ clientAlgoId: z.string() }))
  .transform((rows): unknown[] => rows.filter((row) => row.clientAlgoId.startsWith(STOP_PREFIX) || wireStop.safeParse(row).success))
  .pipe(z.array(wireStop));

function kindOf({ orderType, closePosition, workingType }: z.infer<typeof rawStop>): StopKind | 'other' {
  if (!closePosition || workingType !== 'MARK_PRICE') return 'other';
  if (orderType === STOP_TYPES.stopLoss) return 'stopLoss';
  return orderType === STOP_TYPES.takeProfit ? 'takeProfit' : 'other';
}
