import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { doctorDeployed } from '../../../functions/src/cli/deployed/doctor-deployed.ts';
import { lastDueAt } from '../../../functions/src/cli/deployed/due-time.ts';
import type { Inspection } from '../../../functions/src/compose/start-inspection.ts';
import { parseEnvironment } from '../../../functions/src/config/environment.ts';
import { toRecord } from '../../../functions/src/domain/market/instrument-record.ts';
import type { Writer } from '../../../functions/src/ports/store.ts';
import { INCIDENTS } from '../../../functions/src/schema/records/incident.ts';
import { MARKETS } from '../../../functions/src/schema/records/market-metadata.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import { OUTBOX } from '../../../functions/src/schema/records/outbox-entry.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../../functions/src/schema/records/positions-state.ts';
import { TICKS } from '../../../functions/src/schema/records/tick.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../functions/src/schema/records/trading-control.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../../../functions/src/schema/records/venue-settings.ts';
import { anOutboxEntry } from '../../support/builders/an-outbox-entry.ts';
import { NOW, aNav, aPositionsState, aVenueSettings, anInstrument } from '../domain/risk/scenario.ts';
import { PLACE, anInspection } from './inspection.ts';
import { aTick, anIncident, theMarkets } from './records.ts';

const MINUTE = 60_000;
const printed = z.object({ checks: z.array(z.object({ check: z.string(), state: z.string(), found: z.string(), todo: z.string().nullable() })) });
const PAPER = parseEnvironment({});
const job = (name: 'screen' | 'sync' | 'learn', scheduledAt: number) => aTick({ tickId: `${name}-${scheduledAt}`, job: name, scheduledAt, startedAt: scheduledAt + 500, summary: `${name} went well` });

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

  it('says of a closed production gate that the deployed variables are not to be seen from here', async () => {
    const prod = parseEnvironment({ TRADING_ENV: 'prod', GCLOUD_PROJECT: 'fund-live' });
    const { line } = await checked(() => undefined, { orderGate: { kind: 'closed', reason: 'ALLOW_PROD_WRITE is not set' } }, prod);
    expect(line('write gate')).toMatchObject({ state: 'unknown', found: 'closed as seen from here: ALLOW_PROD_WRITE is not set' });
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
