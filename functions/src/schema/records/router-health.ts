import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, symbolText } from '../scalars.ts';

/** No data is `insufficient_data` and changes nothing: never `broken`. */
export const routerQuality = z.enum(['good', 'ok', 'degraded', 'broken', 'insufficient_data']);
export type RouterQuality = z.infer<typeof routerQuality>;

export const takerBias = z.enum(['prefer_maker', 'balanced', 'prefer_taker']);
export type TakerBias = z.infer<typeof takerBias>;

export const routerRegime = z.enum(['broken', 'fallback_heavy', 'slippage_hot', 'maker_strong', 'balanced', 'insufficient_data']);
export type RouterRegime = z.infer<typeof routerRegime>;

/** Statistics of one symbol's routes within the window; null where no route says anything about it. */
export const routerMetrics = z.strictObject({
  symbol: symbolText,
  /** Routes in the window, and how many of them executed something. */
  samples: z.int().nonnegative(),
  executedSamples: z.int().nonnegative(),
  isWarmup: z.boolean(),
  warmupReason: z.string().nullable(),
  /** Maker share of executed quantity, by notional over routes. */
  makerShare: z.number().min(0).max(1).nullable(),
  /** Routes that started maker and say something about makers: they executed or fell back. */
  makerStarts: z.int().nonnegative(),
  /** Maker share over those alone. Quality is judged by it: what was sent to take says nothing about makers. */
  startedMakerShare: z.number().min(0).max(1).nullable(),
  /** Those that fell back to taker over all of them. */
  fallbackRatio: z.number().min(0).max(1).nullable(),
  /** Refused attempts per route. */
  rejectionRatio: z.number().min(0).nullable(),
  slippageP25Bps: z.number().nullable(),
  slippageP50Bps: z.number().nullable(),
  slippageP75Bps: z.number().nullable(),
  slippageP95Bps: z.number().nullable(),
  ackLatencyP50Ms: z.number().nonnegative().nullable(),
  ackLatencyP95Ms: z.number().nonnegative().nullable(),
  quality: routerQuality,
  regime: routerRegime,
  /** What the next order of this symbol follows. */
  makerFirst: z.boolean(),
  takerBias,
  offsetBps: z.number().nonnegative(),
  reason: z.string(),
});
export type RouterMetrics = z.infer<typeof routerMetrics>;

/** `state/router_health`: written by learn alone, read by every approval. */
export const routerHealth = z.strictObject({
  summary: z.string(),
  windowDays: z.number().positive(),
  symbols: z.record(symbolText, routerMetrics),
  /** Up to here every route is in its bucket; the next run reads on from the hour before. */
  routesReadUntilAt: epochMs,
  computedAt: epochMs,
});
export type RouterHealth = z.infer<typeof routerHealth>;
export const ROUTER_HEALTH = collection('state', 1, routerHealth);
export const ROUTER_HEALTH_ID = 'router_health';
