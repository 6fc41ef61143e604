import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';
import { engineJob, runCost } from './run-cost.ts';

const usage = runCost.omit({ runs: true }).extend({
  /** Runs: ticks of scheduled jobs, messages and requests worked off by the others. */
  ticks: z.int().nonnegative(),
  /** In which a run was under way: what Functions bills. */
  busyMs: z.number().nonnegative(),
});
export type Usage = z.infer<typeof usage>;

/** Of one job; null for an hour from before jobs were told apart. */
export const costHour = usage.extend({ startAt: epochMs, job: engineJob.nullable().default(null) });
export type CostHour = z.infer<typeof costHour>;

/** `state/cost`: what the deployed functions cost, by list prices. Written by learn alone. */
export const costState = z.strictObject({
  summary: z.string(),
  /** The last 24, oldest first, one for each job that told something. */
  hours: z.array(costHour),
  /** All of `hours`. */
  usage,
  /** The same by job. */
  byJob: z.partialRecord(engineJob, usage).default({}),
  /** Time that `hours` tell of; the prices below are of a day at the same pace. */
  coveredHours: z.number().nonnegative(),
  firestoreUsdPerDay: z.number().nonnegative(),
  functionsUsdPerDay: z.number().nonnegative(),
  totalUsdPerDay: z.number().nonnegative(),
  /** The same without free quotas, for a project that spends them elsewhere. */
  withoutFreeUsdPerDay: z.number().nonnegative(),
  pricesAsOf: z.string(),
  /** When something was counted for the first time; null before it. */
  firstTickAt: epochMs.nullable(),
  /** What was told before is in the hours. */
  readUntilAt: epochMs,
  computedAt: epochMs,
});
export type CostState = z.infer<typeof costState>;
export const COST_STATE = collection('state', 1, costState);
export const COST_STATE_ID = 'cost';
