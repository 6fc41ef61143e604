import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, symbolText } from '../scalars.ts';
import { warmup } from './learned.ts';
import { routerQuality, routerRegime, takerBias } from './router-health.ts';

export const routerSetting = z.strictObject({
  /** 0 is all maker, 1 all taker. */
  bias: z.number().min(0).max(1),
  takerBias,
  offsetBps: z.number().nonnegative(),
  makerFirst: z.boolean(),
});
export type RouterSetting = z.infer<typeof routerSetting>;

export const routerSuggestion = z.strictObject({
  ...warmup,
  quality: routerQuality,
  regime: routerRegime,
  current: routerSetting,
  /** The same as `current` where there is nothing to change, or too little to tell. */
  proposed: routerSetting,
  rationale: z.array(z.string()),
});
export type RouterSuggestion = z.infer<typeof routerSuggestion>;

/** `state/router_suggestions`, written by learn alone. */
export const routerSuggestions = z.strictObject({
  summary: z.string(),
  ...warmup,
  symbols: z.record(symbolText, routerSuggestion),
  computedAt: epochMs,
});
export type RouterSuggestions = z.infer<typeof routerSuggestions>;
export const ROUTER_SUGGESTIONS = collection('state', 1, routerSuggestions);
export const ROUTER_SUGGESTIONS_ID = 'router_suggestions';
