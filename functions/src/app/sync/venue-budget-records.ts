/** `rate_budget/*`, by which instances that call the venue from one address tell each other what is left of its limits. */
import { FULL_BUDGET, budgetRecord, mergedBudget } from '../../domain/requests/venue-budget.ts';
import type { VenueBudget } from '../../domain/requests/venue-budget.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import { RATE_BUDGETS } from '../../schema/records/rate-budget.ts';

export interface VenueBudgetRecords {
  readonly load: () => Promise<VenueBudget | null>;
  readonly save: (budget: VenueBudget) => Promise<void>;
}

/** Both may throw what the store throws. A later report never takes back an earlier one of another instance. */
export function venueBudgetRecords(store: Store, clock: Clock, venueName: string): VenueBudgetRecords {
  const ref = { collection: RATE_BUDGETS, id: venueName };
  return {
    load: async () => (await store.get({ told: ref })).told,
    save: (budget) =>
      store.transact(async (tx) => {
        const { told } = await tx.get({ told: ref });
        tx.set(RATE_BUDGETS, venueName, budgetRecord(mergedBudget(told ?? FULL_BUDGET, budget), clock.now()));
      }),
  };
}
