/** What a tick costs, counted where compose puts the meters, and summed up by learn. */
import { describe, expect, test } from 'vitest';
import type { EngineDeps } from '../../../functions/src/app/engine-deps.ts';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { learn } from '../../../functions/src/app/learn/learn.ts';
import { screen } from '../../../functions/src/app/screen/screen.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import { installHost } from '../../../functions/src/compose/host.ts';
import { startRun } from '../../../functions/src/compose/start-run.ts';
import { cost } from '../../../functions/src/cli/cost.ts';
import { AUDIT } from '../../../functions/src/schema/records/audit-entry.ts';
import { COST_STATE, COST_STATE_ID } from '../../../functions/src/schema/records/cost-state.ts';
import type { EngineJob, RunCost } from '../../../functions/src/schema/records/run-cost.ts';
import { TICKS } from '../../../functions/src/schema/records/tick.ts';
import { Desk, OUTSIDE_CONFIG } from '../../support/engine/desk.ts';
import { NO_COSTS } from '../../support/engine/engine-run.ts';
import { look, syncedWorld } from '../../support/engine/one-intent.ts';
import { anIntent, plant } from '../../support/engine/planted-intent.ts';
import { ENTRY_AT, START, World } from '../../support/engine/world.ts';
import { PLACE, anInspection } from '../../unit/cli/inspection.ts';

const MINUTE_MS = 60_000;

const run = (job: EngineJob) => startRun(job, () => null);

test('ticks tell their cost, and learn what a day of them comes to', async () => {
  const world = new World();
  let runs = 0;
  installHost({ clock: world.time, newRunId: () => `run-${(runs += 1)}`, logSink: () => undefined, variables: { GCLOUD_PROJECT: 'demo-costs', TRADING_ENV: 'paper' }, inProcess: { store: world.store, venue: world.venue, bus: world.bus } });
  for (let minute = 0; minute < 20; minute += 1) {
    const at = START + minute * MINUTE_MS;
    await world.time.runUntil(at);
    await sync(await run('sync'), at);
    await screen(await run('screen'), at);
  }
  await learn(await run('learn'), world.time.now());

  const ticks = await world.store.query({ collection: TICKS, where: [], orderBy: [{ field: 'startedAt', direction: 'asc' }], limit: 100 });
  const costs = ticks.map(({ data }) => data.cost);
  expect(costs.every((one) => one !== null && one.documentsRead > 0)).toBe(true);
  expect(ticks.filter(({ data }) => data.job === 'sync').every(({ data }) => data.cost !== null && data.cost.venueCalls > 0)).toBe(true);

  const { state } = await world.store.get({ state: { collection: COST_STATE, id: COST_STATE_ID } });
  // The last three minutes may still be under way.
  const settled = ticks.filter(({ data }) => data.startedAt < world.time.now() - 3 * MINUTE_MS);
  expect(state?.usage.ticks).toBe(settled.length);
  expect(state?.usage.documentsRead).toBe(settled.reduce((sum, { data }) => sum + (data.cost?.documentsRead ?? Number.NaN), 0));

  const lines = (await cost({ ...anInspection().inspection, store: world.store }, PLACE)).lines;
  expect(lines[0]).toContain(`${settled.length} runs in`);
  expect(lines.find((line) => line.startsWith('documents read'))).toMatch(/^documents read +\d+\.\d +\d+$/);
  expect(lines.find((line) => line.startsWith('together'))).toMatch(/^together +\d+\.\d\d$/);
});

test('a project without ticks has no cost to tell', async () => {
  expect((await cost(anInspection().inspection, PLACE)).lines).toEqual(['no cost is known in the test store yet: learn sums up what runs have used, every quarter of an hour unless configured otherwise']);
});

const reading = (documentsRead: number): RunCost => ({ documentsRead, documentsWritten: 0, documentsDeleted: 0, venueCalls: 0, cpuMs: 0, runs: 1, busyMs: 100 });

/** A test says what is spent; what is given back is told by the next. */
function aMeter() {
  let untold = 0;
  const costs: EngineDeps['costs'] = {
    ...NO_COSTS,
    take: () => {
      const taken = untold;
      untold = 0;
      return reading(taken);
    },
    giveBack: ({ documentsRead }) => {
      untold += documentsRead;
    },
  };
  return { costs, spend: (documents: number): number => (untold += documents), untold: () => untold };
}

describe('work that nobody schedules tells its cost', () => {
  test('on the change that an operator made; looking, a repeat and a refusal are told by the next one', async () => {
    const world = await syncedWorld();
    const [desk, meter] = [new Desk(), aMeter()];
    const deps = { ...world.deps(), costs: meter.costs };
    const ask = async (verb: string, requestId: string, changes: object = {}): Promise<void> => {
      meter.spend(10);
      await desk.control(deps, 'operator', { verb, ...(verb === 'status' ? {} : { requestId, reason: 'a test' }), ...changes });
    };
    await ask('status', '');
    await ask('reduce', 'request-1');
    await ask('reduce', 'request-1');
    await ask('reduce', 'request-1', { reason: 'another request under a known id' });
    await ask('resume', 'request-2');
    const audit = await world.store.query({ collection: AUDIT, where: [], orderBy: [{ field: 'at', direction: 'asc' }], limit: 5 });
    expect(audit.map(({ data }) => [data.requestId, data.cost?.documentsRead])).toEqual([['request-1', 20], ['request-2', 30]]);
    expect(meter.untold()).toBe(0);
  });

  test('on the tick of a signal from outside', async () => {
    const world = new World({ config: OUTSIDE_CONFIG });
    world.schedule('sync');
    await world.time.runUntil(ENTRY_AT);
    const meter = aMeter();
    meter.spend(7);
    await new Desk().ingest({ ...world.deps(), costs: meter.costs }, { id: 'one', strategy: 'zscore-5m', symbol: 'BTCUSDT', action: 'enter', positionSide: 'long', at: ENTRY_AT });
    const ticks = await world.store.query({ collection: TICKS, where: [{ field: 'job', op: '==', value: 'ingest' }], limit: 5 });
    expect(ticks.map(({ data }) => data.cost?.documentsRead)).toEqual([7]);
  });

  test('on the intent that is approved or refused, and once', async () => {
    const world = await syncedWorld();
    const meter = aMeter();
    const [taken, late] = [anIntent({ createdAt: world.time.now() }), anIntent({ createdAt: world.time.now() - 1, expiresAt: world.time.now() })];
    await plant(world.store, taken, late);
    for (const { intentId } of [taken, taken, late, late]) {
      meter.spend(3);
      await execute({ ...world.deps(), costs: meter.costs }, { intentId });
    }
    const costs = new Map((await look(world)).records.intents.map((intent) => [intent.intentId, intent.costs.execute?.documentsRead]));
    expect([costs.get(taken.intentId), costs.get(late.intentId)]).toEqual([3, 6]);
    expect(meter.untold()).toBe(3);
  });
});
