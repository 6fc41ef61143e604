/** What a sync starts from: one batch of its records, and what it knows of the venue from before. */
import { emptyIncome } from '../../domain/account/income.ts';
import { pendingCutoff } from '../../domain/account/nav-cutoff.ts';
import { utcDay } from '../../domain/account/plan-sync.ts';
import type { SyncBefore } from '../../domain/account/plan-sync.ts';
import { INCOME_STATE, INCOME_STATE_ID } from '../../schema/records/income-state.ts';
import { MARKETS } from '../../schema/records/market-metadata.ts';
import { NAV_HISTORY } from '../../schema/records/nav-history.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../schema/records/nav-state.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../schema/records/positions-state.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import { TICKS } from '../../schema/records/tick.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../../schema/records/venue-settings.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import type { KnownOfVenue } from './read-venue.ts';

/** A cutoff further back than this is as good as none. */
const CUTOFF_DAYS = 400;

export const RISK = { collection: RISK_STATE, id: RISK_STATE_ID };

/** What each sync goes on from: an overlapping one may have moved it since. */
export const runningState = (now: EpochMs) => ({
  nav: { collection: NAV_STATE, id: NAV_STATE_ID },
  positions: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID },
  income: { collection: INCOME_STATE, id: INCOME_STATE_ID },
  history: { collection: NAV_HISTORY, id: utcDay(now) },
});

export async function readSyncState(deps: EngineDeps, id: string, now: EpochMs) {
  const got = await deps.store.get({
    tick: { collection: TICKS, id },
    ...runningState(now),
    markets: { collection: MARKETS, id: deps.venueName },
    venueSettings: { collection: VENUE_SETTINGS, id: VENUE_SETTINGS_ID },
    risk: RISK,
  });
  return { ...got, cutoff: await readCutoff(deps, got.nav, now) };
}

/** Read once, when a cutoff takes effect. */
async function readCutoff(deps: EngineDeps, nav: NavState | null, now: EpochMs): Promise<SyncBefore['cutoff']> {
  const at = pendingCutoff(nav, deps.config.risk.navCutoffTime, now);
  if (at === null) return null;
  const days = await deps.store.query({ collection: NAV_HISTORY, where: [{ field: 'day', op: '>=', value: utcDay(at) }], limit: CUTOFF_DAYS });
  return { at, days: days.map((day) => day.data) };
}

function heldSymbols(risk: RiskState | null): readonly string[] {
  return risk === null ? [] : [...new Set(Object.values(risk.exposures).map(({ symbol }) => symbol))];
}

export function knownOf({ income, markets, venueSettings, risk }: Awaited<ReturnType<typeof readSyncState>>, now: EpochMs): KnownOfVenue {
  return { income: income ?? emptyIncome(now), markets, settings: venueSettings, rulesDoubtedAt: risk?.rulesDoubtedAt ?? null, heldSymbols: heldSymbols(risk) };
}
