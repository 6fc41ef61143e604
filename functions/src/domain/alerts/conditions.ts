/**
 * What is wrong with the account now. A part that is not known is not judged: an alert about it neither begins nor ends.
 *
 * 1. A NAV that cannot be read says nothing about drawdown, a venue that does not answer nothing about its refusals.
 * 2. Every open incident is a condition of its own, in its own words. One that was not looked at because there are too many
 *    is not judged.
 */
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { AlertKind } from '../../schema/records/alert.ts';
import type { Heartbeat, ScheduledJob } from '../../schema/records/heartbeat.ts';
import type { IncidentKind } from '../../schema/records/incident.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { RefusalsOfTick } from '../../schema/records/screen-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { decimal } from '../money/decimal.ts';
import { countWithin } from '../risk/risk-windows.ts';
import { KIND_OF_INCIDENT } from './alert-kind.ts';
import { condition } from './condition.ts';
import type { Condition, Conditions } from './condition.ts';
import { lostHeartbeat } from './heartbeats.ts';
import type { OpenIncident } from './incident-ends.ts';
import { VENUE_TROUBLES, venueTroubleOf } from './venue-trouble.ts';

export interface AlertFacts {
  /** Null before the first reading. */
  readonly nav: NavState | null;
  readonly risk: RiskState;
  /** What sync could not read, in words; null when it did not come so far. */
  readonly problems: readonly string[] | null;
  /** The venue has shown the account: whatever it refused before, it no longer does. */
  readonly accountRead: boolean;
  /** Those that are open. */
  readonly incidents: readonly OpenIncident[];
  /** All that were looked at, those that have ended among them. Of a kind that was cut there may be more. */
  readonly incidentsRead: { readonly ids: ReadonlySet<string>; readonly cutKinds: ReadonlySet<IncidentKind> };
  readonly heartbeats: Readonly<Record<Exclude<ScheduledJob, 'sync'>, Heartbeat | null>>;
  readonly refusals: readonly RefusalsOfTick[];
  /** Reports that could not be written, with the cause. */
  readonly telemetryFaults: readonly string[];
  /** Since when the account is reported on. */
  readonly sinceAt: EpochMs;
}

type Rules = Pick<EngineConfig, 'risk' | 'runtime'>;

export function conditionsOf(facts: AlertFacts, rules: Rules, now: EpochMs): Conditions {
  const present = [
    ...navConditions(facts, rules, now),
    ...riskConditions(facts, rules, now),
    ...venueConditions(facts),
    ...stormOf(facts.refusals, rules, now),
    ...(['screen', 'learn'] as const).map((job) => lostHeartbeat(job, facts.heartbeats[job], facts.sinceAt, rules.runtime, now)).filter((lost) => lost !== null),
    ...(facts.telemetryFaults.length === 0 ? [] : [condition('telemetryFailing', null, facts.telemetryFaults.join('; '))]),
    ...facts.incidents.map(({ id, data }) => condition(KIND_OF_INCIDENT[data.kind], id, data.summary, data.action)),
  ];
  const unjudged = new Set<AlertKind>([...(facts.nav?.health === 'unavailable' || facts.nav === null ? NEEDS_NAV : []), ...(facts.accountRead ? [] : VENUE_TROUBLES)]);
  const { ids, cutKinds } = facts.incidentsRead;
  const cut = new Set([...cutKinds].map((kind) => KIND_OF_INCIDENT[kind]));
  return { present, judges: ({ kind, subject }) => !unjudged.has(kind) && (!cut.has(kind) || (subject !== null && ids.has(subject))) };
}

const NEEDS_NAV: readonly AlertKind[] = ['navAnomaly', 'drawdownAlert', 'drawdownHalt', 'dayLossHalt'];

function navConditions({ nav, sinceAt }: AlertFacts, { risk }: Rules, now: EpochMs): readonly Condition[] {
  const valueAt = nav === null ? sinceAt : nav.valueAt;
  const ageSeconds = Math.round(Math.abs(now - valueAt) / 1000);
  const age = nav === null ? `never been read in ${ageSeconds} s` : `not been read for ${ageSeconds} s: ${nav.healthReason ?? 'no reason given'}`;
  const stale = ageSeconds > risk.navFreshnessSeconds ? [condition('navStale', null, `NAV has ${age}; allowed are ${risk.navFreshnessSeconds} s`)] : [];
  if (nav === null || nav.health === 'unavailable') return stale;
  const fall = (kind: AlertKind, what: string, observed: string, limitPct: number): readonly Condition[] =>
    decimal(observed).gte(String(limitPct)) ? [condition(kind, null, `${what} is ${observed} %, limit ${limitPct} %, NAV ${nav.navUsd} USD`)] : [];
  return [
    ...stale,
    ...(nav.health === 'anomaly' ? [condition('navAnomaly', null, nav.healthReason ?? `NAV jumped to ${nav.navUsd} USD`)] : []),
    ...fall('drawdownAlert', 'drawdown', nav.drawdownPct, risk.drawdownAlertPct),
    ...fall('drawdownHalt', 'drawdown', nav.drawdownPct, risk.maxNavDrawdownPct),
    ...fall('dayLossHalt', 'day loss', nav.dayLossPct, risk.dailyLossLimitPct),
  ];
}

function riskConditions({ risk }: AlertFacts, { risk: { errorCircuit } }: Rules, now: EpochMs): readonly Condition[] {
  const disabled = Object.entries(risk.disabledUntilAtBySymbol).filter(([, untilAt]) => now < untilAt);
  const errors = countWithin(risk.errorsAt, now, errorCircuit.windowSeconds * 1000);
  return [
    ...disabled.map(([symbol, untilAt]) => condition('symbolDisabled', symbol, `${symbol} takes no entries until ${new Date(untilAt).toISOString()}`)),
    ...(errors >= errorCircuit.maxErrors ? [condition('circuitOpen', null, `${errors} venue errors within ${errorCircuit.windowSeconds} s, limit ${errorCircuit.maxErrors}`)] : []),
  ];
}

function venueConditions({ problems }: AlertFacts): readonly Condition[] {
  const causes = problems ?? [];
  return VENUE_TROUBLES.flatMap((kind) => {
    const cause = causes.find((problem) => venueTroubleOf(problem) === kind);
    return cause === undefined ? [] : [condition(kind, null, cause)];
  });
}

function stormOf(refusals: readonly RefusalsOfTick[], { runtime: { alerts } }: Rules, now: EpochMs): readonly Condition[] {
  const { refusals: limit, windowMinutes } = alerts.vetoStorm;
  const within = refusals.filter(({ at }) => at >= now - windowMinutes * 60_000);
  const count = within.reduce((total, tick) => total + tick.refused, 0);
  const codes = [...new Set(within.map(({ code }) => code))].join(', ');
  return count >= limit ? [condition('vetoStorm', null, `${count} entries refused within ${windowMinutes} minutes, by ${codes}`)] : [];
}
