import type { FeatureFlags } from '../../schema/feature-flags.ts';
import { flagSnapshot, flagsText } from '../../schema/feature-flags.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import type { SyncedState } from '../../schema/records/synced-state.ts';
import type { VenueSettings } from '../../schema/records/venue-settings.ts';
import type { EpochMs, TradingState } from '../../schema/scalars.ts';
import type { EngineIdentity } from './engine-identity.ts';

export const SYNCED_STATE_MINUTES = 15;

/** Null for what has never been read. */
export interface SyncedSource {
  readonly nav: NavState | null;
  readonly positions: PositionsState | null;
  readonly income: IncomeState | null;
  readonly venueSettings: VenueSettings | null;
  readonly problems: readonly string[];
  readonly tradingState: TradingState;
}

export function syncedStateOf(source: SyncedSource, { engineVersion, configHash, tradingEnv, namespace }: EngineIdentity, flags: FeatureFlags, now: EpochMs): SyncedState {
  const { nav, positions, income, venueSettings, tradingState } = source;
  const outOfStep = outOfStepOf(source);
  const inStep = outOfStep.length === 0;
  return {
    summary: `${inStep ? 'in step with the venue' : `OUT OF STEP: ${outOfStep.join('; ')}`}; ${tradingState}, version ${engineVersion}, config ${configHash}, flags ${flagsText(flags)}`,
    tradingEnv, namespace,
    featureFlags: flagSnapshot(flags),
    tradingState, inStep, outOfStep,
    navValueAt: nav?.valueAt ?? null,
    positionsValueAt: positions?.valueAt ?? null,
    venueSettingsValueAt: venueSettings?.valueAt ?? null,
    incomeUntilAt: income?.knownSinceAt ?? null,
    lastSyncAt: now,
    writtenEveryMinutes: SYNCED_STATE_MINUTES,
  };
}

export const syncedMark = ({ summary, inStep }: SyncedState): unknown => [summary, inStep];

function outOfStepOf({ nav, positions, income, venueSettings, problems }: SyncedSource): string[] {
  return [
    ...(nav === null ? ['NAV has never been read'] : nav.health === 'ok' ? [] : [`NAV is ${nav.health}`]),
    ...(positions === null ? ['positions have never been read'] : positions.health === 'ok' ? [] : ['positions are unavailable']),
    ...(positions?.ledgerAgrees === false ? ['the ledger differs from the venue'] : []),
    ...(income === null ? ['income has never been read'] : []),
    ...(venueSettings?.asWanted === false ? ['the venue is not set as config wants it'] : []),
    ...problems,
  ];
}
