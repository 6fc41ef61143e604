import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, symbolText } from '../scalars.ts';
import { warmup } from './learned.ts';

/** How one configuration judged a signal. */
export const shadowJudgement = z.strictObject({
  /** `absent`: this configuration does not run the strategy on the symbol. */
  outcome: z.enum(['intent', 'vetoed', 'abstained', 'noSignal', 'skipped', 'absent']),
  reason: z.string().nullable(),
  /** Of its vetoes. */
  codes: z.array(z.string()),
  /** Of the order that came of it or was vetoed; null where none came to be. */
  notionalUsd: decimalText.nullable(),
});
export type ShadowJudgement = z.infer<typeof shadowJudgement>;

/** One signal, judged by the live configuration and by the shadow's, from the same snapshot. */
export const shadowPair = z.strictObject({
  /** Of the order that the signal leads to, whether it came to be or not. */
  intentId: z.string(),
  symbol: symbolText,
  strategy: z.string(),
  positionSide,
  action: z.enum(['enter', 'exit']),
  live: shadowJudgement,
  /** The live order before the shadow's limits; null while RISK_ENGINE_SHADOW_ENABLED is off, and where no order came to be. */
  riskEngine: shadowJudgement.nullable(),
  /** The whole decision under the shadow config; null while PIPELINE_SHADOW_ENABLED is off. */
  pipeline: shadowJudgement.nullable(),
  /** Half of the spread at the decision, in basis points of the mid; null without a quote. */
  halfSpreadBps: z.number().nonnegative().nullable(),
  /** How the shadow's router would start the order; null while PIPELINE_SHADOW_ENABLED is off. */
  route: z.strictObject({ leg: z.enum(['maker', 'taker']), offsetBps: z.number().nonnegative() }).nullable(),
});
export type ShadowPair = z.infer<typeof shadowPair>;

/** `shadow/{tickId}`: the signals of one tick, written after it while a shadow flag is on. Expires by TTL on `expireAt`. */
export const shadowRecord = z.strictObject({
  summary: z.string(),
  tickId: z.string(),
  /** Names the shadow configuration, as `configHash` names the live one. */
  shadowConfigHash: z.string(),
  pairs: z.array(shadowPair),
  decidedAt: epochMs,
  expireAt: epochMs,
});
export type ShadowRecord = z.infer<typeof shadowRecord>;
export const SHADOW = collection('shadow', 1, shadowRecord);

/** Mean, median and 95th percentile; null of nothing. */
export const spread = z.strictObject({ samples: z.int().nonnegative(), mean: z.number().nullable(), p50: z.number().nullable(), p95: z.number().nullable() });
export type Spread = z.infer<typeof spread>;

/** One shadow against the live engine. Deltas are the shadow's less the live one's. */
export const shadowComparison = z.strictObject({
  ...warmup,
  /** Share of signals that one of the two turned into an order and the other did not, 0 to 100. */
  mismatchPct: z.number().min(0).max(100).nullable(),
  onlyLive: z.int().nonnegative(),
  onlyShadow: z.int().nonnegative(),
  /** Where both came to an order, in percent of the live one. */
  sizeDeltaPct: spread,
  /** Where the live order has executed: positive is dearer under the shadow. */
  slippageDeltaBps: spread,
  /** Why the shadow refused what the live engine let through: times by code. */
  shadowOnlyCodes: z.record(z.string(), z.int().positive()),
});
export type ShadowComparison = z.infer<typeof shadowComparison>;

/** `state/compare_summary`: written by learn while a shadow flag is on. */
export const compareSummary = z.strictObject({
  summary: z.string(),
  shadowConfigHash: z.string().nullable(),
  riskEngine: shadowComparison,
  pipeline: shadowComparison,
  computedAt: epochMs,
});
export type CompareSummary = z.infer<typeof compareSummary>;
export const COMPARE_SUMMARY = collection('state', 1, compareSummary);
export const COMPARE_SUMMARY_ID = 'compare_summary';
