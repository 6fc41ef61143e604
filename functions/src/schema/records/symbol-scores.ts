import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, symbolText } from '../scalars.ts';
import { warmup } from './learned.ts';
import { routerQuality } from './router-health.ts';

/** What a score was made of; null is not known, and counts neither way. */
export const scoreInputs = z.strictObject({
  expectancyBps: z.number().nullable(),
  hitRate: z.number().nullable(),
  sharpe: z.number().nullable(),
  makerShare: z.number().nullable(),
  fallbackRatio: z.number().nullable(),
  slippageP50Bps: z.number().nullable(),
  quality: routerQuality,
  /** Fees over the absolute result before them. */
  feeDrag: z.number().nullable(),
  /** Deviation of returns in the newest quarter of the window over that in all of it. */
  volatilityRatio: z.number().nullable(),
  /** Net result of the trades that closed today, in percent of NAV. */
  dayResultPct: z.number().nullable(),
});
export type ScoreInputs = z.infer<typeof scoreInputs>;

export const symbolScore = z.strictObject({
  ...warmup,
  /** 1 is the best of the symbols that are not warming up; null while this one is. */
  rank: z.int().positive().nullable(),
  /** 0 to 1: what ranks symbols, allocates and tunes. */
  score: z.number().min(0).max(1),
  expectancyPart: z.number(),
  routerPart: z.number(),
  slippagePenalty: z.number(),
  feePenalty: z.number(),
  volatilityPenalty: z.number(),
  /** Sum of the parts below: what sizes. 0 is neutral. */
  sizeScore: z.number(),
  sharpePart: z.number(),
  volatilityPart: z.number(),
  routePart: z.number(),
  dayPart: z.number(),
  /** Within the configured bounds; 1 during warm-up. */
  sizeFactor: z.number().positive(),
  inputs: scoreInputs,
});
export type SymbolScore = z.infer<typeof symbolScore>;

/** `state/symbol_scores`, written by learn alone. */
export const symbolScores = z.strictObject({
  summary: z.string(),
  ...warmup,
  symbols: z.record(symbolText, symbolScore),
  computedAt: epochMs,
});
export type SymbolScores = z.infer<typeof symbolScores>;
export const SYMBOL_SCORES = collection('state', 1, symbolScores);
export const SYMBOL_SCORES_ID = 'symbol_scores';
