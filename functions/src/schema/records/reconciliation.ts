import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, symbolText } from '../scalars.ts';

const reconciliationStep = z.strictObject({
  action: z.enum(['wait', 'adopt', 'adjust']),
  detail: z.string(),
  at: epochMs,
});
export type ReconciliationStep = z.infer<typeof reconciliationStep>;

/**
 * `reconciliations/{what}-{time}`: one difference between ledger and venue from the sync that found it to
 * the one that found both agree, with what was decided on the way.
 */
export const reconciliationRecord = z.strictObject({
  summary: z.string(),
  key: z.string(),
  symbol: symbolText.nullable(),
  /** As they were found. */
  ours: z.string(),
  venues: z.string(),
  steps: z.array(reconciliationStep),
  openedAt: epochMs,
  resolvedAt: epochMs.nullable(),
});
export type ReconciliationRecord = z.infer<typeof reconciliationRecord>;
export const RECONCILIATIONS = collection('reconciliations', 1, reconciliationRecord);
export const reconciliationId = (key: string, openedAt: number): string => `${key.replaceAll(' ', '-')}-${openedAt}`;
