import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, symbolText } from '../scalars.ts';

/**
 * `adjustments/{what}-{time}`: the ledger was set to what the venue says because nothing the venue tells explained a
 * difference for longer than config allows. An amount is never guessed: both are as they were told. Kept for ever.
 */
export const adjustmentRecord = z.strictObject({
  summary: z.string(),
  kind: z.enum(['position', 'income']),
  /** Null for sums of the account. */
  symbol: symbolText.nullable(),
  positionSide: positionSide.nullable(),
  /** Before and after, each in the words of the comparison. */
  ours: z.string(),
  venues: z.string(),
  /** The round trip it broke off, which no trade will tell of; null when there was none. */
  brokenOff: z.strictObject({ realizedPnlUsd: decimalText, feesUsd: decimalText, fundingUsd: decimalText, openedAt: epochMs }).nullable(),
  disagreedSinceAt: epochMs,
  adjustedAt: epochMs,
});
export type AdjustmentRecord = z.infer<typeof adjustmentRecord>;
export const ADJUSTMENTS = collection('adjustments', 1, adjustmentRecord);
