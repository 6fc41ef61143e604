import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';
import { runCost } from './run-cost.ts';

const usage = runCost.extend({
  ticks: z.int().nonnegative(),
  /** From start to end of the runs: what Functions bills. */
  busyMs: z.number().nonnegative(),
});
export type Usage = z.infer<typeof usage>;

export const costHour = usage.extend({ startAt: epochMs });
export type CostHour = z.infer<typeof costHour>;

/** `state/cost`: what the scheduled jobs cost, by list prices. Written by learn alone. */
export const costState = z.strictObject({
  summary: z.string(),
  /** At most 24, oldest first. */
  hours: z.array(costHour),
  /** All of `hours`. */
  usage,
  /** Time that `hours` tell of; the prices below are of a day at the same pace. */
  coveredHours: z.number().nonnegative(),
  firestoreUsdPerDay: z.number().nonnegative(),
  functionsUsdPerDay: z.number().nonnegative(),
  totalUsdPerDay: z.number().nonnegative(),
  /** The same without free quotas, for a project that spends them elsewhere. */
  withoutFreeUsdPerDay: z.number().nonnegative(),
  pricesAsOf: z.string(),
  /** The first tick that was ever counted; null before it. */
  firstTickAt: epochMs.nullable(),
  /** Ticks that started before are in the hours. */
  readUntilAt: epochMs,
  computedAt: epochMs,
});
export type CostState = z.infer<typeof costState>;
export const COST_STATE = collection('state', 1, costState);
export const COST_STATE_ID = 'cost';
