import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/** `request_budgets/{id}`: how many requests a person or a key has left; refills with time. */
export const requestBudget = z.strictObject({
  tokens: z.number().nonnegative(),
  refilledAt: epochMs,
});
export type RequestBudget = z.infer<typeof requestBudget>;
export const REQUEST_BUDGETS = collection('request_budgets', 1, requestBudget);
