/** Runs that are frozen, overtaken or doubled: only the holder of the lease sends and writes. */
import { describe, expect, test } from 'vitest';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import type { Step, StepName } from '../../../functions/src/app/step.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import { attempts, look, syncedWorld } from '../../support/engine/one-intent.ts';
import { anIntent, plant } from '../../support/engine/planted-intent.ts';
import type { World } from '../../support/engine/world.ts';

const FROZEN_MS = 150_000;

/** A run that freezes at one step, before or after its effect, for longer than its lease lasts. */
function freezing(world: World, name: StepName, when: 'before' | 'after'): Step {
  return async (step, effect) => {
    if (step === name && when === 'before') await world.time.sleep(FROZEN_MS);
    const result = await effect();
    if (step === name && when === 'after') await world.time.sleep(FROZEN_MS);
    return result;
  };
}

/** One intent whose executor freezes; time goes on and others take over, then it thaws. `sent` are its own orders. */
async function withFrozenExecutor(name: StepName, when: 'before' | 'after') {
  let sent = 0;
  const world = await syncedWorld();
  const intent = anIntent({ createdAt: world.time.now() });
  await plant(world.store, intent);
  const venue: Venue = {
    ...world.venue,
    place(request) {
      sent += 1;
      return world.venue.place(request);
    },
  };
  const frozen = execute({ ...world.deps(), venue, step: freezing(world, name, when) }, intent);
  await world.runUntilQuiet(world.time.now() + FROZEN_MS);
  await frozen;
  return { ...(await look(world)), sent };
}

describe('an executor that is frozen longer than its lease', () => {
  test('after it has armed sends nothing when it thaws', async () => {
    const worked = await withFrozenExecutor('execute.approve', 'after');
    expect(worked.sent).toBe(0);
    expect(attempts(worked)).toEqual(['maker absent 0', 'maker canceled 0.004', 'taker filled 0.004']);
    expect(worked.world.logLines.filter((line) => line.includes('lease lost'))).toHaveLength(1);
    expect(worked.broken).toEqual([]);
  });

  test('right before it sends is refused by the venue, since the request has become invalid', async () => {
    const worked = await withFrozenExecutor('execute.place', 'before');
    expect(attempts(worked)).toEqual(['maker absent 0', 'maker canceled 0.004', 'taker filled 0.004']);
    expect(worked.world.logLines.filter((line) => line.includes('lease lost'))).toHaveLength(1);
    expect(worked.broken).toEqual([]);
  });

  test('while it sends cannot write what it learned: the newer holder has looked it up', async () => {
    const worked = await withFrozenExecutor('execute.place', 'after');
    expect(attempts(worked)).toEqual(['maker canceled 0.004', 'taker filled 0.004']);
    expect(worked.world.logLines.filter((line) => line.includes('lease lost'))).toHaveLength(1);
    expect(worked.broken).toEqual([]);
  });

  test('before it judges finds the intent done', async () => {
    const worked = await withFrozenExecutor('execute.read-market', 'after');
    expect(attempts(worked)).toEqual(['maker canceled 0.004', 'taker filled 0.004']);
    expect(worked.broken).toEqual([]);
  });
});

test('of two confirms at once one follows the order and the other stands back', async () => {
  const world = await syncedWorld({ delivery: 'concurrently' });
  const intent = anIntent({ createdAt: world.time.now() });
  await plant(world.store, intent);
  await world.invoke((deps) => execute(deps, intent));
  await world.time.runUntil(world.time.now() + 1000);
  expect(world.logLines.filter((line) => line.includes('another worker holds the intent'))).toHaveLength(1);
  await world.runUntilQuiet(world.time.now());
  expect(world.logLines.filter((line) => line.includes('lease lost'))).toEqual([]);
  expect((await look(world)).broken).toEqual([]);
});

test('of ten executors at once one works the intent and nine stand back', async () => {
  const world = await syncedWorld();
  const intent = anIntent({ createdAt: world.time.now() });
  await plant(world.store, intent);
  await Promise.all(Array.from({ length: 10 }, () => world.invoke((deps) => execute(deps, intent))));
  expect(world.exchange.state.openOrders['BTCUSDT']?.map((order) => order.origQty)).toEqual(['0.008']);
  await world.runUntilQuiet(world.time.now());
  const worked = await look(world);
  expect(attempts(worked)).toEqual(['maker canceled 0.004', 'taker filled 0.004']);
  expect(worked.broken).toEqual([]);
});
