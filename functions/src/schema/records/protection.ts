import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, positionSide, positiveDecimalText, symbolText } from '../scalars.ts';

const restingStop = z.strictObject({
  clientStopId: z.string(),
  kind: z.enum(['stopLoss', 'takeProfit']),
  triggerPrice: positiveDecimalText,
});
export type RestingStop = z.infer<typeof restingStop>;

/**
 * `protections/{symbol}-{positionSide}`, written by sync when something about them changes: the stops that rest at the
 * venue for an open position. They are derived from position and config, so this record may be lost without harm.
 */
export const protectionRecord = z.strictObject({
  summary: z.string(),
  symbol: symbolText,
  positionSide,
  /** When the position that is protected was opened. */
  openedAt: epochMs,
  resting: z.array(restingStop),
  /** Names of the stops that were sent for this side, the latest last: what one of them triggers is ours. */
  sent: z.array(z.string()),
  /** Best mark since the entry, as of the last move of the stop; null where no stop trails. */
  bestPrice: positiveDecimalText.nullable(),
  /** Since when a stop that should rest does not; null while all of them do. */
  unprotectedSinceAt: epochMs.nullable(),
  reason: z.string().nullable(),
  changedAt: epochMs,
});
export type ProtectionRecord = z.infer<typeof protectionRecord>;
export const PROTECTIONS = collection('protections', 1, protectionRecord);
