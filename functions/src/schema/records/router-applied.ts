import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs, symbolText } from '../scalars.ts';

/** How far one symbol's routing has been moved from the router's own policy, by all changes together. */
export const appliedTuning = z.strictObject({
  biasShift: z.number(),
  offsetShiftBps: z.number(),
  /** Null leaves post-only starts to the router's policy. */
  makerFirst: z.boolean().nullable(),
  /** Routes behind the last change. */
  samples: z.int().nonnegative(),
  lastStepAt: epochMs,
  /** UTC day, yyyymmdd, and the changes made on it. */
  day: z.string(),
  stepsOnDay: z.int().nonnegative(),
  reason: z.string(),
});
export type AppliedTuning = z.infer<typeof appliedTuning>;

/** `state/router_applied`, written by learn alone, read by every approval while auto-tune apply is on. */
export const routerApplied = z.strictObject({
  summary: z.string(),
  symbols: z.record(symbolText, appliedTuning),
  /** Why the others were left alone, by symbol. */
  refusals: z.record(symbolText, z.string()),
  computedAt: epochMs,
  /** From here on it changes nothing more. */
  validUntilAt: epochMs,
});
export type RouterApplied = z.infer<typeof routerApplied>;
export const ROUTER_APPLIED = collection('state', 1, routerApplied);
export const ROUTER_APPLIED_ID = 'router_applied';
