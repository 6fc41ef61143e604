import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** What is left of the venue's limits is for exits. */
export const venueBudgetLow: Check = ({ venueUsedPct, limits: { venueBudget } }) =>
  venueUsedPct >= venueBudget.value ? veto('venue_budget_low', String(venueUsedPct), String(venueBudget.value), venueBudget.configPath) : null;
