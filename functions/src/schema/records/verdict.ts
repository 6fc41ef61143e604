/** How a gate verdict, a sizing and a signal are stored: the same shape in intents, ticks, vetoes and attribution. */
import { z } from 'zod';
import { decimalText, epochMs, timeframe } from '../scalars.ts';

/** One check that said no. Numbers are fields, never part of a code or a text. */
export const vetoRecord = z.strictObject({
  code: z.string(),
  /** What was measured and the limit it met, as text of the unit; null where the check has no number. */
  observed: z.string().nullable(),
  limit: z.string().nullable(),
  unit: z.string(),
  /** Where the limit was set, for example `risk.json:maxTradeNavPct`, or the record that set it. */
  configPath: z.string(),
});
export type VetoRecord = z.infer<typeof vetoRecord>;

export const clampRecord = z.strictObject({
  name: z.string(),
  beforeUsd: decimalText,
  afterUsd: decimalText,
  configPath: z.string(),
});
export type ClampRecord = z.infer<typeof clampRecord>;

export const signalRecord = z.strictObject({
  strategy: z.string(),
  timeframe,
  candleCloseAt: epochMs,
  /** What the strategy wants of the position side. */
  action: z.enum(['enter', 'exit']),
  /** The statistic that fired and its threshold, for example z-score -2.1 against -2. */
  indicator: z.string(),
  value: z.number(),
  threshold: z.number(),
});
export type SignalRecord = z.infer<typeof signalRecord>;

/** A learned factor of a size, bounded by config. */
export const multiplierRecord = z.strictObject({
  name: z.string(),
  factor: z.number().positive(),
  /** Trades behind it. */
  samples: z.int().nonnegative(),
  /** The record it comes from, and how it was read. */
  source: z.string(),
  beforeUsd: decimalText,
  afterUsd: decimalText,
  configPath: z.string(),
});
export type MultiplierRecord = z.infer<typeof multiplierRecord>;

export const sizingRecord = z.strictObject({
  outcome: z.enum(['pass', 'upsize', 'abstain']),
  reason: z.string().nullable(),
  suggestedUsd: decimalText,
  /** What was learned, in the order in which it changed the suggestion; empty while the flags are off. */
  multipliers: z.array(multiplierRecord),
  finalUsd: decimalText,
  clamps: z.array(clampRecord),
});
export type SizingRecord = z.infer<typeof sizingRecord>;
