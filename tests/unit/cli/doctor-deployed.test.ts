import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { doctorDeployed } from '../../../functions/src/cli/deployed/doctor-deployed.ts';
import { lastDueAt } from '../../../functions/src/cli/deployed/due-time.ts';
import type { Inspection } from '../../../functions/src/compose/start-inspection.ts';
import { parseEnvironment } from '../../../functions/src/config/environment.ts';
import { toRecord } from '../../../functions/src/domain/market/instrument-record.ts';
import type { Writer } from '../../../functions/src/ports/store.ts';
import { ALL_FLAGS_OFF } from '../../../functions/src/schema/feature-flags.ts';
import { ALERTS, ALERT_HEAD, ALERT_HEAD_ID, EMPTY_ALERT_HEAD } from '../../../functions/src/schema/records/alert.ts';
import { HEARTBEATS } from '../../../functions/src/schema/records/heartbeat.ts';
import { RATE_BUDGETS } from '../../../functions/src/schema/records/rate-budget.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../../functions/src/schema/records/risk-state.ts';
import { RUNTIME_PROBE, RUNTIME_PROBE_ID } from '../../../functions/src/schema/records/runtime-probe.ts';
import type { RuntimeProbe } from '../../../functions/src/schema/records/runtime-probe.ts';
import { TELEMETRY_STATE, TELEMETRY_STATE_ID } from '../../../functions/src/schema/records/telemetry.ts';
import { INCIDENTS } from '../../../functions/src/schema/records/incident.ts';
import { MARKETS } from '../../../functions/src/schema/records/market-metadata.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import { OUTBOX } from '../../../functions/src/schema/records/outbox-entry.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../../functions/src/schema/records/positions-state.ts';
import { TICKS } from '../../../functions/src/schema/records/tick.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../functions/src/schema/records/trading-control.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../../../functions/src/schema/records/venue-settings.ts';
import { ACKNOWLEDGEMENTS } from '../../../functions/src/schema/records/acknowledgement.ts';
import { anOutboxEntry } from '../../support/builders/an-outbox-entry.ts';
import { NOW, aNav, aPositionsState, aVenueSettings, anInstrument } from '../domain/risk/scenario.ts';
import { PLACE, anInspection } from './inspection.ts';
import { VENUE_PROBE, VENUE_PROBE_ID } from '../../../functions/src/schema/records/venue-probe.ts';
import { aHeartbeat, aRuntimeProbe, aTelemetryState, aTick, aVenueProbe, anAlert, anIncident, theMarkets } from './records.ts';

const MINUTE = 60_000;
const printed = z.object({ checks: z.array(z.object({ check: z.string(), state: z.string(), found: z.string(), todo: z.string().nullable() })) });
const PAPER = parseEnvironment({});
const job = (name: 'screen' | 'sync' | 'learn', scheduledAt: number) => aTick({ tickId: `${name}-${scheduledAt}`, job: name, scheduledAt, startedAt: scheduledAt + 500, summary: `${name} went well` });

function plantReports(writer: Writer): void {
  for (const name of ['screen', 'sync', 'learn'] as const) writer.set(HEARTBEATS, name, aHeartbeat(name));
  writer.set(RUNTIME_PROBE, RUNTIME_PROBE_ID, aRuntimeProbe());
  writer.set(TELEMETRY_STATE, TELEMETRY_STATE_ID, aTelemetryState());
  writer.set(ALERT_HEAD, ALERT_HEAD_ID, EMPTY_ALERT_HEAD);
  writer.set(RISK_STATE, RISK_STATE_ID, EMPTY_RISK_STATE);
}

/** A deployment at noon in which all is well, then changed by `write`. */
async function checked(write: (writer: Writer) => void = () => undefined, changes: Partial<Inspection> = {}, environment = PAPER) {
  const { inspection, store } = anInspection();
  const instruments = inspection.config.universe.symbols.map(({ symbol }) => toRecord(anInstrument({ symbol })));
  await store.commit((writer) => {
    for (const tick of [job('screen', NOW - MINUTE), job('sync', NOW - MINUTE), job('learn', NOW - 15 * MINUTE)]) writer.set(TICKS, tick.tickId, tick);
    writer.set(NAV_STATE, NAV_STATE_ID, aNav());
    writer.set(POSITIONS_STATE, POSITIONS_STATE_ID, aPositionsState());
    writer.set(VENUE_SETTINGS, VENUE_SETTINGS_ID, aVenueSettings());
    writer.set(MARKETS, 'binance-usdm', { ...theMarkets(), instruments });
    plantReports(writer);
    write(writer);
  });
  const answer = await doctorDeployed({ ...inspection, ...changes }, PLACE, environment);
  const { checks } = printed.parse(answer.json);
  return { ...answer, problems: checks.filter(({ state }) => state === 'problem'), line: (check: string) => checks.find((one) => one.check === check) };
}

describe('doctor --deployed', () => {
  it('finds nothing to put right where all is well, and says what records cannot tell', async () => {
    const { problems, exitCode, lines } = await checked();
    expect(problems).toEqual([]);
    expect(exitCode).toBe(0);
    expect(lines.join('\n')).toMatch(/ok +schedule sync +last run .*: sync went well/);
    expect(lines.join('\n')).toMatch(/unknown +rules and indexes +records do not tell/);
  });

  it.each<[string, (writer: Writer) => void, string]>([
    ['a NAV that is too old', (writer) => writer.set(NAV_STATE, NAV_STATE_ID, aNav({ valueAt: NOW - 181_000 })), 'NAV'],
    ['a NAV that jumped', (writer) => writer.set(NAV_STATE, NAV_STATE_ID, aNav({ health: 'anomaly', healthReason: 'jump' })), 'NAV'],
    ['books that differ', (writer) => writer.set(POSITIONS_STATE, POSITIONS_STATE_ID, aPositionsState({ ledgerAgrees: false })), 'books'],
    ['positions that cannot be read', (writer) => writer.set(POSITIONS_STATE, POSITIONS_STATE_ID, aPositionsState({ health: 'unavailable' })), 'books'],
    ['a key that may not trade', (writer) => writer.set(VENUE_SETTINGS, VENUE_SETTINGS_ID, aVenueSettings(undefined, { account: { canTrade: false, positionMode: 'hedge', multiAssets: false, clockOffsetMs: 0 } })), 'venue settings'],
    ['another leverage than config wants', (writer) => writer.set(VENUE_SETTINGS, VENUE_SETTINGS_ID, aVenueSettings(undefined, { asWanted: false })), 'venue settings'],
    ['venue settings that are too old', (writer) => writer.set(VENUE_SETTINGS, VENUE_SETTINGS_ID, aVenueSettings(undefined, { valueAt: NOW - 61 * MINUTE })), 'venue settings'],
    ['rules without an enabled symbol', (writer) => writer.set(MARKETS, 'binance-usdm', { ...theMarkets(), instruments: [] }), 'instrument rules'],
    ['rules that nobody refreshes', (writer) => writer.set(MARKETS, 'binance-usdm', { ...theMarkets(), instruments: [], fetchedAt: NOW - 49 * 60 * MINUTE }), 'instrument rules'],
    ['work that is late', (writer) => writer.set(OUTBOX, 'mine', anOutboxEntry({ dueAt: NOW - 6 * MINUTE })), 'outbox'],
    ['an open incident', (writer) => writer.set(INCIDENTS, 'one', anIncident()), 'incident ledgerMismatch'],
    ['an alert that is open', (writer) => writer.set(ALERTS, 'navStale-1', anAlert()), 'alert navStale'],
    ['a sync whose last runs failed', (writer) => writer.set(HEARTBEATS, 'sync', aHeartbeat('sync', { outcome: 'failed', problems: ['lease lost'] })), 'heartbeat sync'],
    ['a job that has fallen silent', (writer) => writer.set(HEARTBEATS, 'learn', aHeartbeat('learn', { lastRunAt: NOW - 61 * MINUTE })), 'heartbeat learn'],
    ['a runtime probe that nobody renews', (writer) => writer.set(RUNTIME_PROBE, RUNTIME_PROBE_ID, aRuntimeProbe({ probedAt: NOW - 121 * MINUTE })), 'runtime probe'],
    ['flags that are not those of this checkout', (writer) => writer.set(RUNTIME_PROBE, RUNTIME_PROBE_ID, aRuntimeProbe({ featureFlags: { ...ALL_FLAGS_OFF, intel: true } })), 'variables'],
    ['a region that is not that of this checkout', (writer) => writer.set(RUNTIME_PROBE, RUNTIME_PROBE_ID, aRuntimeProbe({ region: 'europe-west1' })), 'variables'],
    ['a report that cannot be written', (writer) => writer.set(TELEMETRY_STATE, TELEMETRY_STATE_ID, aTelemetryState({ faults: { risk_snapshot: { cause: 'too big', sinceAt: NOW, count: 3 } } })), 'reports'],
    ['a venue of which a part was out of reach', (writer) => writer.set(VENUE_PROBE, VENUE_PROBE_ID, aVenueProbe('geoBlocked')), 'venue'],
    ['an error circuit that is open', (writer) => writer.set(RISK_STATE, RISK_STATE_ID, { ...EMPTY_RISK_STATE, errorsAt: Array.from({ length: 9 }, () => NOW - 1000) }), 'error circuit'],
    ['a ban by the venue', (writer) => writer.set(RATE_BUDGETS, 'binance-usdm', { summary: '', lines: {}, bannedUntil: NOW + MINUTE }), 'request budget'],
    ['a request budget of which the rest is kept for exits', (writer) => writer.set(RATE_BUDGETS, 'binance-usdm', { summary: '', lines: { weight1m: { used: 2300, limit: 2400, until: NOW + 1 } }, bannedUntil: null }), 'request budget'],
    ['alerts that no sink takes', (writer) => writer.set(ALERT_HEAD, ALERT_HEAD_ID, { ...EMPTY_ALERT_HEAD, undeliveredAt: { 'navStale-1': NOW } }), 'alert sinks'],
    ['a sync that was degraded', (writer) => writer.set(TICKS, 'sync-2', { ...job('sync', NOW), outcome: 'degraded', problems: ['NAV could not be read'] }), 'schedule sync'],
    ['trading that is halted', (writer) => writer.set(TRADING_CONTROL, TRADING_CONTROL_ID, { state: 'HALTED', actor: 'ada', reason: 'fire drill', changedAt: NOW - MINUTE, expiresAt: null }), 'trading'],
  ])('tells %s, and what to do', async (_title, write, check) => {
    const { problems, exitCode } = await checked(write);
    expect(problems.map((one) => one.check)).toEqual([check]);
    expect(problems[0]?.todo).not.toBe('');
    expect(exitCode).toBe(2);
  });

  it('tells a schedule that has stopped, by the time at which it was due', async () => {
    const { inspection, store } = anInspection();
    await store.commit((writer) => writer.set(TICKS, 'old', job('sync', NOW - 10 * MINUTE)));
    const { lines } = await doctorDeployed(inspection, PLACE, PAPER);
    expect(lines.join('\n')).toContain('schedule sync: look at the job firebase-schedule-sync-* in Cloud Scheduler');
    expect(lines.join('\n')).toMatch(/PROBLEM +schedule sync +last run 2026-01-15T11:50:00Z \(10 min ago\), due 2026-01-15T11:57:00Z/);
    expect(lines.join('\n')).toMatch(/PROBLEM +schedule screen +has never run/);
  });

  it('tells another version and other settings than those here', async () => {
    const { problems } = await checked(() => undefined, { engineVersion: '9.9.9', configHash: 'other' });
    expect(problems.map(({ check, found }) => [check, found])).toEqual([
      ['engine version', '1.2.3 is deployed, this is 9.9.9'],
      ['settings', 'abcd is deployed, other is here: files in config/ differ'],
    ]);
  });

  it('tells of an incident once, and not again by the alert about it', async () => {
    const { problems } = await checked((writer) => {
      writer.set(INCIDENTS, 'one', anIncident());
      writer.set(ALERTS, 'ledgerMismatch-1', anAlert({ kind: 'ledgerMismatch', subject: 'one' }));
    });
    expect(problems.map(({ check }) => check)).toEqual(['incident ledgerMismatch']);
  });

  it('names who has seen an alert; it stays a problem until it is over', async () => {
    const seen = { incidentId: 'navStale-1', openedAt: NOW - 3_600_000, actor: 'ada', note: 'on it', at: NOW };
    const { problems } = await checked((writer) => {
      writer.set(ALERTS, 'navStale-1', anAlert());
      writer.set(ACKNOWLEDGEMENTS, 'navStale-1', seen);
    });
    expect(problems).toMatchObject([{ todo: 'Read the problems in state/execution_health. Seen by ada: on it' }]);
  });

  it('tells what answered when somebody last asked the venue', async () => {
    const { problems, line } = await checked((writer) => writer.set(VENUE_PROBE, VENUE_PROBE_ID, aVenueProbe('answered')));
    expect(problems).toEqual([]);
    expect(line('venue')?.found).toBe('1 of 1 parts of binance-usdm answer, asked from asia-northeast1 2026-01-15T11:59:00Z (1 min ago)');
  });

  it('errors and request budgets of windows that have ended are no problem', async () => {
    const { problems, line } = await checked((writer) => {
      writer.set(RISK_STATE, RISK_STATE_ID, { ...EMPTY_RISK_STATE, errorsAt: Array.from({ length: 9 }, () => NOW - 3_600_000) });
      writer.set(RATE_BUDGETS, 'binance-usdm', { summary: '', lines: { weight1m: { used: 2300, limit: 2400, until: NOW } }, bannedUntil: NOW });
    });
    expect(problems).toEqual([]);
    expect(line('request budget')?.found).toBe('little used in the minute under way, told 2026-01-15T12:00:00Z (0 s ago)');
  });

  it.each<[string, Partial<RuntimeProbe>, string, string]>([
    ['open', { allowProdWrite: true }, 'ok', "open: orders are sent to fund-live's account"],
    ['closed on purpose', { allowProdSync: true, orderGate: 'closed: ALLOW_PROD_WRITE is not set' }, 'ok', 'closed: ALLOW_PROD_WRITE is not set; no order is sent'],
    ['half open', { allowProdWrite: true, orderGate: 'closed: no second key' }, 'problem', 'closed: no second key; no order is sent'],
  ])('tells a production gate that is %s, as the deployed engine sees it', async (_title, changes, state, found) => {
    const prod = parseEnvironment({ TRADING_ENV: 'prod', GCLOUD_PROJECT: 'fund-live' });
    const { line } = await checked((writer) => writer.set(RUNTIME_PROBE, RUNTIME_PROBE_ID, aRuntimeProbe({ tradingEnv: 'prod', ...changes })), {}, prod);
    expect(line('write gate')).toMatchObject({ state, found: expect.stringContaining(found) });
  });

  it('is full of problems, and not of exceptions, where nothing has ever run', async () => {
    const { inspection } = anInspection();
    const { exitCode, lines } = await doctorDeployed(inspection, PLACE, PAPER);
    expect(exitCode).toBe(2);
    expect(lines.join('\n')).toContain('wait two minutes after a first deploy');
  });
});

describe('when a schedule was last due', () => {
  it.each([
    ['* * * * *', NOW],
    ['*/15 * * * *', NOW],
    ['7 * * * *', NOW - 53 * MINUTE],
    ['30 3 * * *', NOW - (8 * 60 + 30) * MINUTE],
  ])('%s', (cron, expected) => {
    expect(lastDueAt(cron, NOW + 59_000)).toBe(expected);
  });

  it('is not known of one that fires less than once a week', () => {
    expect(lastDueAt('0 0 1 7 *', NOW)).toBeNull();
  });
});
