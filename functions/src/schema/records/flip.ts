import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, positionSide, symbolText } from '../scalars.ts';
import { intentRecord } from './intent.ts';

/**
 * `flips/{closeIntentId}`: a position turned round: the old side is closed, and only then is the new one opened. Created
 * with the close intent in one commit; the commit that ends the close opens the new side or gives it up.
 */
export const flipRecord = z.strictObject({
  summary: z.string(),
  symbol: symbolText,
  strategy: z.string(),
  from: positionSide,
  to: positionSide,
  status: z.enum(['closing', 'opening', 'abandoned']),
  /** Why it was abandoned. */
  reason: z.string().nullable(),
  closeIntentId: z.string(),
  /** Sized and judged as if the old side were flat; judged again when it is approved. */
  open: intentRecord,
  /** Last fill of the symbol before the flip: the cooldown counts from there, not from the flip's own close. */
  lastFillBeforeAt: epochMs.nullable(),
  /** Last fill of the close. */
  closeFillAt: epochMs.nullable(),
  createdAt: epochMs,
  /** The new side is not opened from here on. */
  deadlineAt: epochMs,
  endedAt: epochMs.nullable(),
});
export type FlipRecord = z.infer<typeof flipRecord>;
export const FLIPS = collection('flips', 1, flipRecord);
