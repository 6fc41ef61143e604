/** What is left to report when sync has failed: the records as they stand, or nothing. */
import { INCOME_STATE, INCOME_STATE_ID } from '../../schema/records/income-state.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../schema/records/nav-state.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../schema/records/positions-state.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../../schema/records/venue-settings.ts';
import type { EngineDeps } from '../engine-deps.ts';
import type { SyncEnd } from './sync-end.ts';

/** Null when the records cannot be read either; the log then has both causes. */
export async function failedEnd(deps: EngineDeps, error: unknown): Promise<SyncEnd | null> {
  const failure = error instanceof Error ? error.message : String(error);
  try {
    const { risk, ...records } = await deps.step('report.read', () => deps.store.get({
      nav: { collection: NAV_STATE, id: NAV_STATE_ID },
      positions: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID },
      income: { collection: INCOME_STATE, id: INCOME_STATE_ID },
      venueSettings: { collection: VENUE_SETTINGS, id: VENUE_SETTINGS_ID },
      risk: { collection: RISK_STATE, id: RISK_STATE_ID },
    }));
    return { ...records, risk: risk ?? EMPTY_RISK_STATE, problems: null, accountRead: false, wakeUpsOverdue: null, foreignOrders: null, failure };
  } catch (cause) {
    deps.log.reportFailed(cause instanceof Error ? cause.message : String(cause));
    return null;
  }
}
