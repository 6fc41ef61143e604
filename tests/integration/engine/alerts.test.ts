/** Alerts and reports in the whole engine: what operators hear, and that nothing of it reaches trading. */
import { describe, expect, it } from 'vitest';
import { learn } from '../../../functions/src/app/learn/learn.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import type { EngineDeps } from '../../../functions/src/app/engine-deps.ts';
import type { Collection } from '../../../functions/src/schema/collection.ts';
import type { Store, Writer } from '../../../functions/src/ports/store.ts';
import { ALERTS, ALERT_HEAD, ALERT_HEAD_ID } from '../../../functions/src/schema/records/alert.ts';
import { EXECUTION_HEALTH, EXECUTION_HEALTH_ID } from '../../../functions/src/schema/records/execution-health.ts';
import { HEARTBEATS } from '../../../functions/src/schema/records/heartbeat.ts';
import { INCIDENTS, OPEN_INCIDENTS, OPEN_INCIDENTS_ID } from '../../../functions/src/schema/records/incident.ts';
import { OUTSIDE_SIGNALS } from '../../../functions/src/schema/records/outside-signal.ts';
import type { OutsideSignalRecord } from '../../../functions/src/schema/records/outside-signal.ts';
import { RISK_SNAPSHOT, RISK_SNAPSHOT_ID } from '../../../functions/src/schema/records/risk-snapshot.ts';
import { RUNTIME_PROBE, RUNTIME_PROBE_ID } from '../../../functions/src/schema/records/runtime-probe.ts';
import { SYNCED_STATE, SYNCED_STATE_ID } from '../../../functions/src/schema/records/synced-state.ts';
import { TELEMETRY_STATE, TELEMETRY_STATE_ID } from '../../../functions/src/schema/records/telemetry.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../functions/src/schema/records/trading-control.ts';
import { ALARMED, Pager, alarmed, alertsIn } from '../../support/engine/alert-story.ts';
import { anIntent, plant } from '../../support/engine/planted-intent.ts';
import { CRASH_SHAPES } from '../../support/engine/crash-plan.ts';
import { aVeto } from '../../unit/cli/records.ts';
import { ENTRY_AT, START, World } from '../../support/engine/world.ts';

const MINUTE = 60_000;

const readArtifacts = ({ store }: World) =>
  store.get({
    snapshot: { collection: RISK_SNAPSHOT, id: RISK_SNAPSHOT_ID },
    synced: { collection: SYNCED_STATE, id: SYNCED_STATE_ID },
    probe: { collection: RUNTIME_PROBE, id: RUNTIME_PROBE_ID },
    health: { collection: EXECUTION_HEALTH, id: EXECUTION_HEALTH_ID },
    beat: { collection: HEARTBEATS, id: 'sync' },
    telemetry: { collection: TELEMETRY_STATE, id: TELEMETRY_STATE_ID },
    alerts: { collection: ALERT_HEAD, id: ALERT_HEAD_ID },
  });

describe('an order made by hand', () => {
  it('is told once, and its end too; the incident ends with it', async () => {
    const pager = new Pager();
    const world = await alarmed(pager);
    expect(pager.heard.map(({ text }) => text)).toEqual([
      '[paper] CRITICAL foreignActivity: order by-hand rests in BTCUSDT and is not ours\nCancel it at the venue, or set risk.json:foreign.orders to cancel or ignore. If nobody made it, rotate the API key.',
      '[paper] RESOLVED foreignActivity after 3 min: order by-hand rests in BTCUSDT and is not ours',
    ]);
    const incidents = await world.store.query({ collection: INCIDENTS, where: [], limit: 10 });
    expect(incidents.map(({ data: { kind, resolvedAt } }) => [kind, resolvedAt !== null])).toEqual([['foreignOrder', true]]);
    expect(await world.store.get({ open: { collection: OPEN_INCIDENTS, id: OPEN_INCIDENTS_ID } })).toEqual({ open: { summary: 'no incident is open', ids: [] } });
  });

  it.each((['report.commit-alerts', 'report.deliver', 'report.record-delivery', 'report.end-incidents'] as const).flatMap((step) => CRASH_SHAPES.map((shape) => ({ step, shape }))))(
    'is told to its end by a run that crashes at $step, $shape',
    async ({ step, shape }) => {
      const pager = new Pager();
      const world = await alarmed(pager, { crash: { step, shape, occurrence: 1 } });
      expect(world.crashes.fired).toBe(true);
      expect(pager.told).toContain('2 resolved foreignActivity');
      expect((await alertsIn(world)).find((line) => line.startsWith('foreignActivity'))).toBe('foreignActivity over, notice 2 sent');
    },
  );
});

describe('a sink that fails', () => {
  it('is tried again until it takes the message, the latest one', async () => {
    let refusals = 2;
    const pager = new Pager(() => ((refusals -= 1) >= 0 ? { kind: 'failed', cause: 'answered HTTP 503' } : { kind: 'sent' }));
    await alarmed(pager);
    expect(pager.told).toEqual(['2 resolved foreignActivity']);
  });

  it('is given up after its last attempt and told in the next report', async () => {
    const pager = new Pager(() => ({ kind: 'failed', cause: 'answered HTTP 503' }));
    const world = await alarmed(pager, { config: { ...ALARMED, runtime: { ...ALARMED.runtime, alerts: { ...ALARMED.runtime.alerts, maxAttempts: 2 } } } });
    const { health, alerts } = await readArtifacts(world);
    expect(health?.failedDeliveries.every((line) => line.endsWith('to ops: answered HTTP 503'))).toBe(true);
    expect(health?.failedDeliveries.length).toBeGreaterThan(0);
    expect(alerts?.undeliveredAt).toEqual({});
  });

  it('that the secret does not name is told like one that fails', async () => {
    const world = new World({ config: ALARMED });
    world.schedule('sync');
    await world.time.runUntil(START + 12 * MINUTE);
    const [alert] = await world.store.query({ collection: ALERTS, where: [], limit: 1 });
    expect(alert?.data.deliveries['ops']).toMatchObject({ state: 'pending', lastError: 'the secret ALERT_SINKS has no ops' });
  });
});

describe('the reports of a sync', () => {
  it('tell the account as it stands, all flags off included', async () => {
    const world = new World();
    world.schedule('sync');
    await world.time.runUntil(START + MINUTE);
    const { snapshot, synced, probe, health, beat, telemetry } = await readArtifacts(world);
    expect(snapshot).toMatchObject({ navUsd: '10000', grossUsd: '0', grossLeftUsd: '15000', drawdownLeftUsd: '1000', dayLossLeftUsd: '500', positions: 0, circuit: 'closed', bySymbol: { BTCUSDT: { exposureLeftUsd: '2500', disabledUntilAt: null } } });
    expect(synced).toMatchObject({ inStep: true, outOfStep: [], tradingState: 'ACTIVE', featureFlags: { intel: false, routerAutotuneApply: false } });
    expect(probe?.summary).toBe('version test, config test, paper, flags none, orders open, records open');
    expect(health).toMatchObject({ ordersWorking: 0, oldestUnclearSeconds: null, problems: [], telemetryFaults: [] });
    expect(beat).toMatchObject({ job: 'sync', outcome: 'ok' });
    expect(telemetry?.summary).toBe('all reports are written');
  });

  it('are not written again while nothing changes, but for their age', async () => {
    const world = new World();
    world.schedule('sync');
    await world.time.runUntil(START + MINUTE);
    const first = await readArtifacts(world);
    await world.time.runUntil(START + 4 * MINUTE);
    expect(await readArtifacts(world)).toEqual(first);
    await world.time.runUntil(START + 6 * MINUTE);
    const later = await readArtifacts(world);
    expect([later.beat?.lastRunAt, later.snapshot?.computedAt, later.probe?.probedAt].map((at) => (at ?? 0) > START + 4 * MINUTE)).toEqual([true, true, false]);
  });

  it('that fails stops no other and no trading; it is counted, alarmed, and recovers', async () => {
    const pager = new Pager();
    const world = new World({ config: ALARMED, sinks: pager.sinks });
    const runSync = (refused: string) => world.invoke((deps) => sync({ ...deps, store: refusing(deps.store, refused) }, world.time.now()));
    await runSync('risk_snapshot');
    const { snapshot, synced, beat, telemetry } = await readArtifacts(world);
    expect([snapshot, synced === null, beat?.outcome]).toEqual([null, false, 'ok']);
    expect(telemetry?.summary).toBe('risk_snapshot not written 1 times: the store refused risk_snapshot');
    expect(pager.told).toEqual(['1 raised telemetryFailing']);
    await world.time.runUntil(ENTRY_AT);
    await runSync('nothing');
    expect((await readArtifacts(world)).snapshot).not.toBeNull();
    expect(pager.told).toEqual(['1 raised telemetryFailing', '2 resolved telemetryFailing']);
    expect(world.failures).toEqual([]);
  });

  it('fail no sync when nothing at all can be reported', async () => {
    const world = new World();
    await world.invoke((deps) => sync(dead(deps), world.time.now()));
    expect(world.failures).toEqual([]);
    expect(world.logLines.filter((line) => line.includes('the account could not be reported on'))).toHaveLength(1);
  });

  it('tell of a sync that failed, which fails all the same', async () => {
    const pager = new Pager();
    const world = new World({ config: ALARMED, sinks: pager.sinks, crash: { step: 'sync.read-venue', shape: 'lost', occurrence: 1 } });
    await expect(world.invoke((deps) => sync(deps, world.time.now()))).rejects.toThrow('sync.read-venue');
    const { beat } = await readArtifacts(world);
    expect(beat).toMatchObject({ outcome: 'failed', problems: [expect.stringContaining('sync failed')] });
  });
});

describe('a sync that no longer runs', () => {
  it('is told by screen, and its return by itself', async () => {
    const pager = new Pager();
    const world = new World({ config: ALARMED, sinks: pager.sinks });
    const stopSync = world.schedule('sync');
    world.schedule('screen');
    await world.time.runUntil(START + 2 * MINUTE);
    stopSync();
    await world.time.runUntil(START + 15 * MINUTE);
    expect(pager.told).toEqual(['1 raised heartbeatLost']);
    expect(pager.heard[0]?.subject).toBe('sync');
    world.schedule('sync');
    await world.time.runUntil(START + 17 * MINUTE);
    expect(pager.told).toEqual(['1 raised heartbeatLost', '2 resolved heartbeatLost']);
  });
});

/** Nothing of a report comes through. */
const dead = (deps: EngineDeps): EngineDeps => ({ ...deps, step: (name, effect) => (name.startsWith('report.') ? Promise.reject(new Error('the store is gone')) : deps.step(name, effect)) });

/** A store that takes nothing for one document of `state`. */
function refusing(store: Store, id: string): Store {
  const guarded = (writer: Writer): Writer => ({
    create: (to, key, data) => writer.create(to, key, data),
    delete: (to, key) => writer.delete(to, key),
    set: <T>(to: Collection<T>, key: string, data: T) => {
      if (to.name === 'state' && key === id) throw new Error(`the store refused ${id}`);
      writer.set(to, key, data);
    },
  });
  return {
    get: (wanted) => store.get(wanted),
    query: (query) => store.query(query),
    transact: (body) => store.transact(body),
    commit: (write) => store.commit((writer) => write(guarded(writer))),
  };
}

const aRefusedSignal = (receivedAt: number): OutsideSignalRecord => ({
  id: 'one', strategy: 'outside', keyId: 'model-a', symbol: 'BTCUSDT', action: 'enter', positionSide: 'long', strength: 1, signalAt: receivedAt, receivedAt, tickId: 'ingest-1',
  outcome: 'vetoed', reason: null, vetoes: [aVeto()], intentId: null, expireAt: receivedAt + 86_400_000,
});

/** Entries that execute judges while the engine only reduces, and what is told once learn has counted them. */
async function toldOf(entries: number, { purpose = 'open', signals = 0 }: { readonly purpose?: 'open' | 'close'; readonly signals?: number } = {}): Promise<readonly string[]> {
  const pager = new Pager();
  const config = { ...ALARMED, runtime: { ...ALARMED.runtime, alerts: { ...ALARMED.runtime.alerts, vetoStorm: { refusals: 3, windowMinutes: 60 } } } };
  const world = new World({ config, sinks: pager.sinks });
  world.schedule('sync');
  await world.time.runUntil(ENTRY_AT);
  const now = world.time.now();
  await world.store.commit((writer) => writer.set(TRADING_CONTROL, TRADING_CONTROL_ID, { state: 'REDUCING', actor: 'test', reason: 'a test', changedAt: now, expiresAt: null }));
  await plant(world.store, ...Array.from({ length: entries }, (_, index) => anIntent({ createdAt: now - index, purpose, side: purpose === 'open' ? 'buy' : 'sell' })));
  await world.store.commit((writer) => {
    for (let index = 0; index < signals; index += 1) writer.create(OUTSIDE_SIGNALS, `outside.${index}`, aRefusedSignal(now));
  });
  await world.time.runUntil(now + 2 * MINUTE);
  expect(pager.told.filter((line) => line.includes('vetoStorm'))).toEqual([]);
  await world.invoke((deps) => learn(deps, world.time.now()));
  await world.time.runUntil(now + 4 * MINUTE);
  return pager.heard.filter(({ kind }) => kind === 'vetoStorm').map(({ text }) => text.split('\n')[0] ?? '');
}

describe('a storm of refusals', () => {
  it('is told of entries that execute refused, though screen has seen none', async () => {
    expect(await toldOf(3)).toEqual(['[paper] WARNING vetoStorm: 3 entries refused within 60 minutes, by trading_reducing']);
  });

  it('counts signals from outside with them', async () => {
    expect(await toldOf(1, { signals: 2 })).toEqual(['[paper] WARNING vetoStorm: 3 entries refused within 60 minutes, by tier_cap, trading_reducing']);
  });

  it('is none of fewer, and none of exits', async () => {
    expect([await toldOf(2), await toldOf(3, { purpose: 'close' })]).toEqual([[], []]);
  });
});
