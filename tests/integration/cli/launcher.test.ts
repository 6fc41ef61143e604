import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ALERTS } from '../../../functions/src/schema/records/alert.ts';
import { HEARTBEATS } from '../../../functions/src/schema/records/heartbeat.ts';
import { INCIDENTS } from '../../../functions/src/schema/records/incident.ts';
import { RATE_BUDGETS } from '../../../functions/src/schema/records/rate-budget.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../../functions/src/schema/records/risk-state.ts';
import { RUNTIME_PROBE, RUNTIME_PROBE_ID } from '../../../functions/src/schema/records/runtime-probe.ts';
import { TELEMETRY_STATE, TELEMETRY_STATE_ID } from '../../../functions/src/schema/records/telemetry.ts';
import { INTENTS } from '../../../functions/src/schema/records/intent.ts';
import { MARKETS } from '../../../functions/src/schema/records/market-metadata.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import { ORDERS } from '../../../functions/src/schema/records/order.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../../functions/src/schema/records/positions-state.ts';
import { TICKS } from '../../../functions/src/schema/records/tick.ts';
import { VETOES } from '../../../functions/src/schema/records/veto.ts';
import { anIntent } from '../../support/builders/an-intent.ts';
import { anOrderRecord } from '../../support/builders/an-order-record.ts';
import { startLocalStack } from '../../support/local-stack.ts';
import type { LocalStack } from '../../support/local-stack.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { aDecision, aFlood, aHeartbeat, aRuntimeProbe, aTelemetryState, aTick, anAlert, anIncident, theMarkets } from '../../unit/cli/records.ts';
import { NOW, aNav, aPositionsState } from '../../unit/domain/risk/scenario.ts';
import { launched } from './launched.ts';
import { holdRun, storeRun, testStore } from './stored-run.ts';

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

let folder = '';
beforeAll(async () => {
  folder = await temporaryFolder(cleanUp);
  await storeRun(folder, NOW, ['BTCUSDT', 'ETHUSDT'], (writer) => {
    writer.set(NAV_STATE, NAV_STATE_ID, aNav());
    writer.set(POSITIONS_STATE, POSITIONS_STATE_ID, aPositionsState());
    writer.set(MARKETS, 'binance-usdm', theMarkets());
    writer.set(TICKS, 'screen-1', aTick({ decisions: [aDecision({ outcome: 'intent', reason: null, intentId: 'mine' })] }));
    writer.set(INTENTS, 'mine', anIntent());
    writer.set(ORDERS, 'pc-mine-m1', anOrderRecord());
    writer.set(VETOES, 'flood', aFlood());
  });
});

describe('the launcher, started by the machine’s node, on the state of a local run', () => {
  it('answers status under the project’s node, at the time the run came to', async () => {
    const { code, out, problems } = await launched(['status', '--data', folder]);
    expect(problems).toBe('');
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe(`the local run in ${folder}, seen 2026-01-15T12:00:00Z`);
    expect(out).toContain('NAV       10000.00 USD, ok, valued 2026-01-15T11:59:50Z (10 s ago)');
    expect(out).toMatch(/mine +BTCUSDT +open long +working +5 +0 +1 /);
  });

  it('answers why with one JSON object, by queries that the declared indexes serve', async () => {
    const { code, out } = await launched(['why', 'BTCUSDT', '--data', folder, '--json']);
    expect(code).toBe(0);
    const answer: unknown = JSON.parse(out);
    expect(answer).toMatchObject({
      decisions: [{ tickId: 'screen-1', story: { intent: { intentId: 'mine' }, orders: [{ clientOrderId: 'pc-mine-m1' }] } }],
      refusals: [{ count: 7 }],
    });
  });

  it('judges by the settings of the run: a symbol it left out may not be entered', async () => {
    const { code, out } = await launched(['probe', 'SOLUSDT', 'long', '--price', '160', '--data', folder, '--json']);
    expect(code).toBe(0);
    const { verdict } = z.looseObject({ verdict: z.looseObject({ vetoes: z.array(z.looseObject({ code: z.string() })) }) }).parse(JSON.parse(out));
    expect(verdict.vetoes.map((veto) => veto.code)).toEqual(expect.arrayContaining(['not_whitelisted', 'market_unavailable']));
  });

  it('looks at what an engine wrote, stamps included, and ends with 2 where something is to be put right', async () => {
    const { code, out } = await launched(['doctor', '--deployed', '--data', folder, '--json']);
    expect(code).toBe(2);
    const { checks } = z.looseObject({ checks: z.array(z.looseObject({ check: z.string(), state: z.string(), found: z.string() })) }).parse(JSON.parse(out));
    expect(checks.find(({ check }) => check === 'engine version')).toMatchObject({ state: 'problem', found: expect.stringContaining('0.0.0 is deployed') });
    expect(checks.find(({ check }) => check === 'NAV')).toMatchObject({ state: 'ok' });
    expect(checks.find(({ check }) => check === 'schedule sync')).toMatchObject({ state: 'problem', found: 'has never run' });
  });

  it('tells of planted trouble, each with what to do, by doctor and by alerts', async () => {
    const troubled = await temporaryFolder(cleanUp);
    await storeRun(troubled, NOW, ['BTCUSDT'], (writer) => {
      writer.set(NAV_STATE, NAV_STATE_ID, aNav());
      writer.set(HEARTBEATS, 'sync', aHeartbeat('sync', { lastRunAt: NOW - 3_600_000 }));
      writer.set(RUNTIME_PROBE, RUNTIME_PROBE_ID, aRuntimeProbe({ region: 'europe-west1', projectId: 'demo-portcullis' }));
      writer.set(TELEMETRY_STATE, TELEMETRY_STATE_ID, aTelemetryState({ faults: { risk_snapshot: { cause: 'too big', sinceAt: NOW, count: 3 } } }));
      writer.set(ALERTS, 'geoBlocked-1', anAlert({ kind: 'geoBlocked', detail: 'venue answered HTTP 451' }));
      writer.set(INCIDENTS, 'overClose-1', anIncident({ kind: 'overClose' }));
      writer.set(RISK_STATE, RISK_STATE_ID, { ...EMPTY_RISK_STATE, errorsAt: Array.from({ length: 9 }, () => NOW) });
      writer.set(RATE_BUDGETS, 'binance-usdm', { summary: '', lines: { weight1m: { used: 2300, limit: 2400, until: NOW + 30_000 } }, bannedUntil: null });
    });
    const { code, out, problems } = await launched(['doctor', '--deployed', '--data', troubled]);
    expect([code, problems]).toEqual([2, '']);
    for (const check of ['heartbeat sync', 'variables', 'reports', 'alert geoBlocked', 'incident overClose', 'error circuit', 'request budget']) {
      expect(out).toMatch(new RegExp(`PROBLEM +${check} +\\S`));
      expect(out).toMatch(new RegExp(`^  ${check}: \\S`, 'm'));
    }
    expect((await launched(['alerts', '--data', troubled])).out).toMatch(/CRITICAL geoBlocked: venue answered HTTP 451\n(?:.*\n)*.*WARNING overClose: /);
    expect((await launched(['doctor', '--data', troubled])).out).toMatch(/requests +weight1m 2300 of 2400 \(96 %\), told /);
  });

  it('lets the doctor work before there is any run', async () => {
    const { code, out } = await launched(['doctor', '--data', join(folder, 'none')]);
    expect(code).toBe(0);
    expect(out).toContain('the reference of risk.json (the account\'s NAV: never read)');
  });
});

describe('the launcher refuses in one line with exit code 2', () => {
  it.each<[string, string[], unknown, Record<string, string>?]>([
    ['an unknown command', ['statu'], expect.stringMatching(/^portcullis: command "statu" is not known; allowed: status, positions, .*; did you mean status\?\n$/)],
    ['a folder without a run', ['status', '--data', '/nowhere'], 'portcullis: there is no state of a run in /nowhere: run `npm start` first, or say with --data where it is\n'],
    ['an emulator that is not there', ['status', '--emulator'], expect.stringMatching(/^portcullis: no Firestore emulator listens at 127\.0\.0\.1:1 \(connect ECONNREFUSED 127\.0\.0\.1:1\): start one with npm run emulators, .*\n$/), { FIRESTORE_EMULATOR_HOST: '127.0.0.1:1' }],
    ['a project, by somebody without credentials', ['status', '--project', 'demo-portcullis'], expect.stringMatching(/^portcullis: hedge\/paper of project demo-portcullis cannot be asked \(.* does not exist, .*\): run gcloud auth application-default login, .*\n$/), { GOOGLE_APPLICATION_CREDENTIALS: '/nowhere.json' }],
    ['production without its project', ['status', '--env', 'prod'], 'portcullis: 1 fault in the settings\nenvironment GCLOUD_PROJECT: missing; allowed: the Firebase project id while TRADING_ENV is prod; the write gate compares it\n'],
  ])('%s', async (_name, args, problems, env = {}) => {
    expect(await launched(args, env)).toEqual({ code: 2, out: '', problems });
  });

  it('a run that is still under way', async () => {
    await using held = new AsyncDisposableStack();
    await holdRun(held, folder);
    const { code, problems } = await launched(['status', '--data', folder]);
    expect(code).toBe(2);
    expect(problems).toMatch(/^portcullis: Cannot open the Firestore data file .*: another server uses it; stop that one or choose another file\.\n$/);
  });
});

describe('the launcher beside servers that run', () => {
  let stack: LocalStack;
  beforeAll(async () => {
    stack = await startLocalStack(cleanUp);
  });

  it('asks every part of the venue, and tells why one does not answer', async () => {
    const whole = await launched(['probe', '--emulator'], { ...stack.env, VENUE_CREDENTIALS: stack.venueCredentials });
    expect(whole).toMatchObject({ code: 0, problems: '' });
    expect(whole.out).toContain('14 of 14 parts of binance-usdm answer; asked for BTCUSDT from this machine');
    // Within a minute nobody is asked again, whoever asks.
    expect(await launched(['probe', '--emulator'], stack.env)).toEqual(whole);
    await stack.documents.doc('hedge/paper/state/venue_probe').delete();
    const refused = await launched(['probe', '--emulator'], { ...stack.env, VENUE_CREDENTIALS: JSON.stringify({ apiKey: 'another', apiSecret: 'another' }) });
    expect(refused).toMatchObject({ code: 2, problems: '' });
    expect(refused.out).toMatch(/quotes +answered +\d+ ms\n/);
    expect(refused.out).toMatch(/positions +keyRefused +\d+ ms +venue answered HTTP 401 code -2015/);
    expect(refused.out).toContain('keyRefused: Check VENUE_CREDENTIALS');
  });

  it('reads the emulator that the environment names, whether or not it names a project', async () => {
    const FIRESTORE_EMULATOR_HOST = stack.env['FIRESTORE_EMULATOR_HOST'] ?? '';
    const { code, problems } = await launched(['status'], { FIRESTORE_EMULATOR_HOST });
    expect(problems).toBe(`portcullis: there are no records in hedge/paper of the emulator at ${FIRESTORE_EMULATOR_HOST}: run \`npm start\` first, or say with --data or --env where they are\n`);
    expect(code).toBe(2);
  });

  it('probes with the quote and the mark of the venue that the environment names', async () => {
    const now = Date.now();
    await testStore(stack.documents).commit((writer) => {
      writer.set(NAV_STATE, NAV_STATE_ID, aNav({ valueAt: now, checkedAt: now }));
      writer.set(POSITIONS_STATE, POSITIONS_STATE_ID, aPositionsState({ valueAt: now, checkedAt: now }));
      writer.set(MARKETS, 'binance-usdm', theMarkets());
    });
    const { code, out, problems } = await launched(['probe', 'BTCUSDT', 'long', '--notional', '250', '--json'], { ...stack.env, VENUE_CREDENTIALS: stack.venueCredentials });
    expect(problems).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ market: { kind: 'used' }, priceSource: 'ask of the venue', order: { side: 'buy' } });
    expect(out).not.toContain('market_unavailable');
  });
});
