/** The venue's positions follow its fills by moments: what is done right after a fill must not take them for flat. */
import { expect, test } from 'vitest';
import { flatten } from '../../../functions/src/app/exits/flatten.ts';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import type { EngineDeps } from '../../../functions/src/app/engine-deps.ts';
import { look, syncedWorld } from '../../support/engine/one-intent.ts';
import { anExit, anIntent, plant } from '../../support/engine/planted-intent.ts';
import type { World } from '../../support/engine/world.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { set } from '../../unit/config/config-files.ts';

/** A position that was filled this second. */
async function justFilled(): Promise<World> {
  const world = await syncedWorld({ config: testConfig(set('router.json', ['makerFirst'], false)) });
  const entry = anIntent({ createdAt: world.time.now() });
  await plant(world.store, entry);
  await world.bus.publish('order-intents', [entry]);
  while ((await look(world)).records.fills.length === 0) await world.time.runUntil(world.time.now() + 1000);
  return world;
}

const notYetTold = (deps: EngineDeps): EngineDeps => ({ ...deps, venue: { ...deps.venue, positions: () => Promise.resolve({ kind: 'found', value: [], asOf: deps.clock.now() }) } });

async function ends(world: World): Promise<readonly string[]> {
  await world.runUntilQuiet(world.time.now());
  const { records, broken } = await look(world);
  return [...records.intents.filter(({ purpose }) => purpose === 'close').map(({ status }) => status), ...records.positions.map(({ qty }) => qty), ...broken];
}

test('an exit is not refused as closing what is not there', async () => {
  const world = await justFilled();
  const exit = anExit({ createdAt: world.time.now() });
  await plant(world.store, exit);
  await world.invoke((deps) => execute(notYetTold(deps), exit));
  expect(await ends(world)).toEqual(['settled', '0']);
});

test('a flatten closes it', async () => {
  const world = await justFilled();
  await world.invoke(async (deps) => {
    await flatten(notYetTold(deps), { requestId: 'r1', actor: 'ops@example.com', symbol: null, positionSide: null });
  });
  expect(await ends(world)).toEqual(['settled', '0']);
});

test('a sync reports no difference', async () => {
  const world = await justFilled();
  await sync(notYetTold(world.deps()), world.time.now());
  const { records } = await look(world);
  expect([records.incidents, records.compared?.disagreements, records.compared?.ledgerAgrees]).toEqual([[], [], null]);
});
