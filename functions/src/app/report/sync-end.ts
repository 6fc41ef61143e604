/** What a sync has come to, for whoever reports on it. */
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { VenueSettings } from '../../schema/records/venue-settings.ts';

export interface SyncEnd {
  readonly nav: NavState | null;
  readonly positions: PositionsState | null;
  readonly income: IncomeState | null;
  readonly venueSettings: VenueSettings | null;
  readonly risk: RiskState;
  /** Null when sync did not come so far as to know. */
  readonly problems: readonly string[] | null;
  readonly accountRead: boolean;
  /** Null when they were not looked for. */
  readonly wakeUpsOverdue: number | null;
  /** Incident ids of the orders that others rest at the venue; null when that is not known. */
  readonly foreignOrders: ReadonlySet<string> | null;
  /** Why sync failed; null when it did not. */
  readonly failure: string | null;
}
