import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, symbolText } from '../scalars.ts';

/** What one route adds to the statistics of its symbol. Plain numbers: nothing here becomes an order unclamped. */
export const routeSample = z.strictObject({
  symbol: symbolText,
  endedAt: epochMs,
  /** It started maker, and executed or fell back. */
  isMakerStart: z.boolean(),
  usedFallback: z.boolean(),
  rejections: z.int().nonnegative(),
  executedNotionalUsd: z.number().nonnegative(),
  makerNotionalUsd: z.number().nonnegative(),
  /** Null when nothing executed, and for a sliced order: there it is mostly the market's own way between slices. */
  slippageBps: z.number().nullable(),
  ackLatencyMs: z.int().nonnegative().nullable(),
});
export type RouteSample = z.infer<typeof routeSample>;

/** `router_metrics/{yyyymmdd-hh}`: the routes that ended within one UTC hour. Expires by TTL on `expireAt`. */
export const routerBucket = z.strictObject({
  summary: z.string(),
  routes: z.array(routeSample),
  startAt: epochMs,
  expireAt: epochMs,
});
export type RouterBucket = z.infer<typeof routerBucket>;
export const ROUTER_METRICS = collection('router_metrics', 1, routerBucket);
