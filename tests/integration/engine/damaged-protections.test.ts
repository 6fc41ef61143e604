/** A damaged record of a position's stops: no position goes without its stops for it, and the record is written anew. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { FaultPlan } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';
import { collection } from '../../../functions/src/schema/collection.ts';
import { PROTECTIONS } from '../../../functions/src/schema/records/protection.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { exits, holding, marked, signalled, stops } from '../../support/engine/held-position.ts';
import { look, workOff } from '../../support/engine/one-intent.ts';
import { cancelStops } from '../../support/engine/stories.ts';
import type { World } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
const LOOSE = collection(PROTECTIONS.name, 1, z.looseObject({}));

async function damage(world: World, key: string): Promise<void> {
  await world.store.commit((writer) => writer.set(LOOSE, key, { sent: 'many' }));
}

async function syncs(world: World, count: number): Promise<void> {
  await world.time.runUntil(world.time.now() + count * MINUTE_MS);
}

const summaries = async (world: World) => (await look(world)).records.protections.map(({ symbol, positionSide, summary }) => `${symbol}-${positionSide}: ${summary}`);
const damageTold = ({ logLines }: World): readonly string[] => logLines.filter((line) => line.includes('does not match its schema'));

const BOTH = ['BTCUSDT-long: stopLoss at 49000', 'ETHUSDT-long: stopLoss at 49000'];

/** Of two symbols, one after the other. */
async function holdingBoth(): Promise<World> {
  const world = await holding({ config: testConfig(exits({})), symbols: ['BTCUSDT', 'ETHUSDT'] });
  await workOff(world, { ...signalled(world), intentId: 'eth', symbol: 'ETHUSDT' });
  expect(await summaries(world)).toEqual(BOTH);
  return world;
}

describe('a damaged record of stops', () => {
  test.each([[['BTCUSDT-long']], [['ETHUSDT-long']], [['BTCUSDT-long', 'ETHUSDT-long']]])('of %j keeps neither stop from coming back, and is sound again', async (keys) => {
    const world = await holdingBoth();
    for (const key of keys) await damage(world, key);
    cancelStops(world);
    await syncs(world, 2);
    expect(stops(world)).toEqual(['49000', '49000']);
    expect(await summaries(world)).toEqual(BOTH);
    expect(damageTold(world).length).toBeGreaterThan(0);
    expect(world.failures).toEqual([]);
    expect((await look(world)).broken).toEqual([]);
  });

  test('is written anew while its stop rests, and told of once', async () => {
    const world = await holdingBoth();
    await damage(world, 'BTCUSDT-long');
    await syncs(world, 3);
    expect(await summaries(world)).toEqual(BOTH);
    expect(damageTold(world)).toEqual([expect.stringContaining('protections/BTCUSDT-long')]);
  });

  test('of a position that has closed is dropped, and keeps no other stop from coming back', async () => {
    const world = await holding({ config: testConfig(exits({})) });
    await damage(world, 'ETHUSDT-long');
    cancelStops(world);
    await syncs(world, 2);
    expect(stops(world)).toEqual(['49000']);
    expect(await summaries(world)).toEqual(['BTCUSDT-long: stopLoss at 49000']);
    expect(world.failures).toEqual([]);
  });

  test('leaves the fill of a stop to be booked, as that of a stranger where its order does not tell', async () => {
    const world = await holding({ config: testConfig(exits({}), set('risk.json', ['foreign'], { positions: 'alarm' })) });
    await damage(world, 'BTCUSDT-long');
    await marked(world, 48_900);
    const { records } = await look(world);
    expect(records.positions.map(({ qty }) => qty)).toEqual(['0']);
    expect(records.compared?.ledgerAgrees).toBe(true);
    expect(records.incidents.map(({ kind }) => kind)).toEqual(['foreignFills']);
    expect(world.failures).toEqual([]);
  });

  test('does not drop what is recorded of another position that has closed', async () => {
    const world = await holding({ config: testConfig(exits({})) });
    const { long } = await world.store.get({ long: { collection: PROTECTIONS, id: 'BTCUSDT-long' } });
    if (long === null) throw new Error('no stop is recorded');
    const closed = { ...long, symbol: 'ETHUSDT', resting: [] };
    await damage(world, 'BTCUSDT-long');
    await world.store.commit((writer) => writer.set(PROTECTIONS, 'ETHUSDT-long', closed));
    await syncs(world, 1);
    const stored = await world.store.get({ eth: { collection: PROTECTIONS, id: 'ETHUSDT-long' } });
    expect(stored.eth).toEqual(closed);
  });

  test('ends no incident of a position without its stop, and keeps the account from being reported on in no minute', async () => {
    let blind = false;
    const venueFault: FaultPlan = (call) => (blind && call === 'placeStop' ? 'lost' : 'none');
    const world = await holding({ config: testConfig(exits({})), venueFault });
    blind = true;
    cancelStops(world);
    await syncs(world, 10);
    for (const key of ['ETHUSDT-long', 'SOLUSDT-long']) await damage(world, key);
    await syncs(world, 2);
    const { records } = await look(world);
    expect(records.incidents.map(({ kind, resolvedAt }) => [kind, resolvedAt])).toEqual([['unprotectedPosition', null]]);
    expect(world.logLines.filter((line) => line.includes('could not be reported on'))).toEqual([]);
  });
});
