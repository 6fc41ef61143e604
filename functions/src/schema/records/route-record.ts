import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, positiveDecimalText, purpose, side, symbolText } from '../scalars.ts';
import { routerQuality, takerBias } from './router-health.ts';

/** How an intent was to be worked, and whose word that was: config's alone, or the router's own record. */
export const routingPolicy = z.strictObject({
  quality: routerQuality,
  makerFirst: z.boolean(),
  takerBias,
  /** Behind the best price of our own side; negative is never allowed. */
  offsetBps: z.number().nonnegative(),
  source: z.enum(['config', 'routerHealth', 'autotune']),
  reason: z.string(),
});
export type RoutingPolicy = z.infer<typeof routingPolicy>;

/**
 * `routes/{intentId}`: how an approved intent was worked at the venue, written in the commit that ends it, however it
 * ended. Its attempts are the order records. Expires by TTL on `expireAt`.
 */
export const routeRecord = z.strictObject({
  summary: z.string(),
  intentId: z.string(),
  symbol: symbolText,
  side,
  positionSide,
  purpose,
  strategy: z.string().nullable(),
  outcome: z.enum(['settled', 'expired', 'failed']),
  policy: routingPolicy,
  /** The first attempt was post-only. */
  startedMaker: z.boolean(),
  /** What executed, by the venue's maker flags: nothing, all maker, all taker, or both. */
  route: z.enum(['none', 'maker', 'taker', 'mixed']),
  /** Started maker, and some of the rest was sent as taker. */
  usedFallback: z.boolean(),
  attempts: z.int().nonnegative(),
  /** TWAP slices it was split into; 1 for an order that was not split. */
  slices: z.int().positive(),
  postOnlyRejections: z.int().nonnegative(),
  rejections: z.int().nonnegative(),
  requotes: z.int().nonnegative(),
  cancels: z.int().nonnegative(),
  approvedQty: decimalText,
  executedQty: decimalText,
  makerQty: decimalText,
  executedNotionalUsd: decimalText,
  feesUsd: decimalText,
  arrivalMid: positiveDecimalText.nullable(),
  averagePrice: positiveDecimalText.nullable(),
  /** (average - arrival mid) / arrival mid, positive is adverse; null when nothing executed. */
  slippageBps: z.number().nullable(),
  /** Arming to acknowledgement of the first attempt that the venue acknowledged. */
  ackLatencyMs: z.int().nonnegative().nullable(),
  /** Approval to the end. */
  workedMs: z.int().nonnegative(),
  approvedAt: epochMs,
  endedAt: epochMs,
  expireAt: epochMs,
});
export type RouteRecord = z.infer<typeof routeRecord>;
export const ROUTES = collection('routes', 1, routeRecord);
