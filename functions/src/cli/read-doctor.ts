/** What the settings come to at the account's NAV, or at the reference NAV while the account's is not known. */
import type { Inspection } from '../compose/start-inspection.ts';
import type { EffectiveValue } from '../config/effective-value.ts';
import type { Environment } from '../config/environment.ts';
import { instrumentOf } from '../domain/market/instrument-record.ts';
import { text } from '../domain/money/decimal.ts';
import { usd } from '../domain/money/units.ts';
import type { Usd } from '../domain/money/units.ts';
import { readNav } from '../domain/risk/nav-reading.ts';
import { MARKETS } from '../schema/records/market-metadata.ts';
import { NAV_STATE, NAV_STATE_ID } from '../schema/records/nav-state.ts';
import type { NavState } from '../schema/records/nav-state.ts';
import { RISK_STATE, RISK_STATE_ID } from '../schema/records/risk-state.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../schema/records/venue-settings.ts';
import type { VenueSettings } from '../schema/records/venue-settings.ts';
import type { EpochMs } from '../schema/scalars.ts';
import { feasibility } from './feasibility.ts';
import type { Feasibility } from './feasibility.ts';
import { lastPrices } from './last-prices.ts';
import { readRequestBudget } from './request-budget.ts';
import type { RequestBudgetReading } from './request-budget.ts';

export interface DoctorView {
  readonly place: string;
  readonly now: EpochMs;
  readonly engineVersion: string;
  readonly configHash: string;
  readonly environment: Environment;
  readonly orderGate: Inspection['orderGate'];
  readonly settings: readonly EffectiveValue[];
  /** What is set at the venue and what the key may do; null before the first sync. */
  readonly venue: VenueSettings | null;
  readonly requestBudget: RequestBudgetReading;
  readonly nav: NavUsed;
  readonly symbols: readonly Feasibility[];
}

/** `why` says what is wrong with the account's own NAV. */
export type NavUsed =
  | { readonly source: 'account'; readonly usd: string; readonly valueAt: EpochMs }
  | { readonly source: 'reference'; readonly usd: string; readonly why: string };

export async function readDoctor(inspection: Inspection, place: string, environment: Environment, settings: readonly EffectiveValue[]): Promise<DoctorView> {
  const { store, clock, config, limits, venueName } = inspection;
  const { nav, risk, markets, venue } = await store.get({
    nav: { collection: NAV_STATE, id: NAV_STATE_ID },
    risk: { collection: RISK_STATE, id: RISK_STATE_ID },
    markets: { collection: MARKETS, id: venueName },
    venue: { collection: VENUE_SETTINGS, id: VENUE_SETTINGS_ID },
  });
  const [prices, requestBudget] = await Promise.all([lastPrices(store, risk), readRequestBudget(inspection)]);
  const now = clock.now();
  const used = navOf(nav, config.risk.referenceNavUsd, now);
  return {
    place,
    now,
    engineVersion: inspection.engineVersion,
    configHash: inspection.configHash,
    environment,
    orderGate: inspection.orderGate,
    settings,
    venue,
    requestBudget,
    nav: used.shown,
    symbols: config.universe.symbols.map(({ symbol }) => feasibility(limits.forSymbol(symbol), used.usd, instrumentOf(markets, symbol), prices.get(symbol)?.price ?? null)),
  };
}

function navOf(record: NavState | null, referenceNavUsd: number, now: EpochMs): { readonly usd: Usd; readonly shown: NavUsed } {
  const reading = readNav(record, now);
  if (reading.kind === 'known' && record !== null) {
    return { usd: reading.navUsd, shown: { source: 'account', usd: text(reading.navUsd), valueAt: record.valueAt } };
  }
  const reference = String(referenceNavUsd);
  return { usd: usd(reference), shown: { source: 'reference', usd: reference, why: whyUnknown(reading) } };
}

function whyUnknown(reading: ReturnType<typeof readNav>): string {
  switch (reading.kind) {
    case 'known':
      return '';
    case 'unavailable':
      return reading.cause;
    case 'unsound':
      return `${reading.field} is ${reading.observed}`;
  }
}
