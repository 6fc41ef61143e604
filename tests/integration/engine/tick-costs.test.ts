/** What a tick costs, counted where compose puts the meters, and summed up by learn. */
import { expect, test } from 'vitest';
import { learn } from '../../../functions/src/app/learn.ts';
import { screen } from '../../../functions/src/app/screen.ts';
import { sync } from '../../../functions/src/app/sync.ts';
import { installHost } from '../../../functions/src/compose/host.ts';
import { startRun } from '../../../functions/src/compose/start-run.ts';
import { cost } from '../../../functions/src/cli/cost.ts';
import { COST_STATE, COST_STATE_ID } from '../../../functions/src/schema/records/cost-state.ts';
import { TICKS } from '../../../functions/src/schema/records/tick.ts';
import { START, World } from '../../support/engine/world.ts';
import { PLACE, anInspection } from '../../unit/cli/inspection.ts';

const MINUTE_MS = 60_000;

const run = () => startRun(() => null);

test('ticks tell their cost, and learn what a day of them comes to', async () => {
  const world = new World();
  let runs = 0;
  installHost({ clock: world.time, newRunId: () => `run-${(runs += 1)}`, logSink: () => undefined, variables: { GCLOUD_PROJECT: 'demo-costs', TRADING_ENV: 'paper' }, inProcess: { store: world.store, venue: world.venue, bus: world.bus } });
  for (let minute = 0; minute < 20; minute += 1) {
    const at = START + minute * MINUTE_MS;
    await world.time.runUntil(at);
    await sync(await run(), at);
    await screen(await run(), at);
  }
  await learn(await run(), world.time.now());

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
  expect(lines[0]).toContain(`${settled.length} ticks in`);
  expect(lines.find((line) => line.startsWith('documents read'))).toMatch(/^documents read +\d+\.\d +\d+$/);
  expect(lines.find((line) => line.startsWith('together'))).toMatch(/^together +\d+\.\d\d$/);
});

test('a project without ticks has no cost to tell', async () => {
  expect((await cost(anInspection().inspection, PLACE)).lines).toEqual(['no cost is known in the test store yet: learn sums up what ticks have used, every quarter of an hour unless configured otherwise']);
});
