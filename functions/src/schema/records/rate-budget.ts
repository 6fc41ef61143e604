import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/** One limit of the venue in the window under way. */
const budgetLine = z.strictObject({
  used: z.int().nonnegative(),
  limit: z.int().positive(),
  /** End of the window, after which nothing of it is used. */
  until: epochMs,
});

/**
 * `rate_budget/{venue}`, written by whichever instance has used up much of it or was told to stay away: what its replies
 * said. Nothing is written while little is used, so a missing record and a window that has ended both mean plenty.
 */
export const rateBudget = z.strictObject({
  summary: z.string(),
  lines: z.record(z.string(), budgetLine),
  /** No instance calls the venue before this time. */
  bannedUntil: epochMs.nullable(),
});
export type RateBudgetRecord = z.infer<typeof rateBudget>;
export const RATE_BUDGETS = collection('rate_budget', 1, rateBudget);
