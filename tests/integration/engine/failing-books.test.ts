/** Books that cannot be kept: positions keep their stops and lost work is woken all the same, and the error is told. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import type { Step, StepName } from '../../../functions/src/app/step.ts';
import { collection } from '../../../functions/src/schema/collection.ts';
import { HEARTBEATS } from '../../../functions/src/schema/records/heartbeat.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { exits, holding, stops } from '../../support/engine/held-position.ts';
import { anIntent, plant } from '../../support/engine/planted-intent.ts';
import { readRecords } from '../../support/engine/records.ts';
import { byHand, cancelStops } from '../../support/engine/stories.ts';
import type { World } from '../../support/engine/world.ts';

const MINUTE_MS = 60_000;
const OTHER_LETTERS = '币安人生USDT';

/** A position without its stop, and work whose wake-up was lost. */
async function neglected(): Promise<World> {
  const world = await holding({ config: testConfig(exits({})), symbols: ['BTCUSDT', OTHER_LETTERS] });
  cancelStops(world);
  await plant(world.store, anIntent({ createdAt: world.time.now() - MINUTE_MS, intentId: 'lost' }));
  world.logLines.length = 0;
  return world;
}

const woken = ({ logLines }: World): readonly string[] => logLines.filter((line) => line.includes('woke work that nobody had looked at'));
const failedDuties = ({ logLines }: World): readonly string[] => logLines.filter((line) => line.startsWith('ERROR sync had failed'));

/** One sync in which these steps fail; answers the steps that it came to. */
async function failingAt(world: World, ...failing: readonly StepName[]): Promise<readonly StepName[]> {
  const reached: StepName[] = [];
  const step: Step = async (name, effect) => {
    reached.push(name);
    if (failing.includes(name)) throw new Error(`no ${name}`);
    return effect();
  };
  await expect(sync({ ...world.deps(), step }, world.time.now() + 1)).rejects.toThrow(`no ${failing[0] ?? ''}`);
  return reached;
}

const times = (reached: readonly StepName[], step: StepName): number => reached.filter((name) => name === step).length;

describe('a sync that fails', () => {
  test.each<StepName>(['sync.read-state', 'sync.read-venue', 'sync.commit', 'adopt.read-fills', 'orders.read-open'])('at %s places the missing stop and wakes the lost work, each once', async (step) => {
    const world = await neglected();
    byHand(world, { side: 'BUY', type: 'MARKET', quantity: '0.002', newClientOrderId: 'by-hand' });
    const reached = await failingAt(world, step);
    expect(stops(world)).toHaveLength(1);
    expect(times(reached, 'protect.read-state')).toBe(1);
    expect(woken(world)).toEqual([expect.stringContaining('lost')]);
    expect(failedDuties(world)).toEqual([]);
    const { sync: heartbeat } = await world.store.get({ sync: { collection: HEARTBEATS, id: 'sync' } });
    expect(heartbeat?.problems).toEqual([`sync failed: no ${step}`]);
  });

  test('at the stops wakes the lost work and does not go at the stops again', async () => {
    const world = await neglected();
    const reached = await failingAt(world, 'protect.read-stops');
    expect(times(reached, 'protect.read-state')).toBe(1);
    expect(woken(world)).toHaveLength(1);
  });

  test('fails by its first error where the stops cannot be looked after either, which is logged and keeps no work from being woken', async () => {
    const world = await neglected();
    await failingAt(world, 'sync.commit', 'protect.read-state');
    expect(failedDuties(world)).toEqual([expect.stringContaining('{"duty":"protect","cause":"no protect.read-state"}')]);
    expect(woken(world)).toHaveLength(1);
  });
});

describe('while a record that only sync needs is damaged', () => {
  test('stops come back and lost work is woken', async () => {
    const world = await neglected();
    await world.store.commit((writer) => writer.set(collection(NAV_STATE.name, 1, z.looseObject({})), NAV_STATE_ID, { navUsd: 'much' }));
    await world.time.runUntil(world.time.now() + 2 * MINUTE_MS);
    expect(new Set(world.failures.map(({ name }) => name))).toEqual(new Set(['CorruptRecordError']));
    expect(stops(world)).toEqual(['49000']);
    expect(woken(world).length).toBeGreaterThan(0);
  });
});

describe('a contract whose name has letters of another script', () => {
  test('is written down like any other when it is traded by hand, and our stop comes back beside it', async () => {
    const world = await neglected();
    const trade = { symbol: OTHER_LETTERS, positionSide: 'LONG', side: 'BUY', quantity: '0.01' } as const;
    world.exchange.execute('placeOrder', { ...trade, type: 'MARKET', newClientOrderId: 'by-hand-1' }, world.time.now());
    world.exchange.execute('placeOrder', { ...trade, type: 'LIMIT', timeInForce: 'GTC', price: '40000', newClientOrderId: 'by-hand-2' }, world.time.now());
    await world.time.runUntil(world.time.now() + 5 * MINUTE_MS);
    const { compared, positions, incidents } = await readRecords(world.store);
    expect(world.failures).toEqual([]);
    expect(stops(world)).toEqual(['49000']);
    expect(compared?.ledgerAgrees).toBe(true);
    expect(compared?.items.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', OTHER_LETTERS]);
    expect(positions.map(({ symbol }) => symbol)).toContain(OTHER_LETTERS);
    expect(incidents.map(({ kind, symbol }) => [kind, symbol])).toEqual([['foreignOrder', OTHER_LETTERS]]);
  });
});
