/** An entry above the configured value, sent in slices over time. */
import { describe, expect, test } from 'vitest';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../functions/src/schema/records/trading-control.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { attempts, ends, syncedWorld, workOff } from '../../support/engine/one-intent.ts';
import type { Worked } from '../../support/engine/one-intent.ts';
import { anExit, anIntent } from '../../support/engine/planted-intent.ts';
import type { World } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;

/** Four slices a minute apart from 400 dollars on. */
const config = testConfig(set('router.json', ['twapMinNotionalUsd'], 400), set('router.json', ['twapSlices'], 4));
const FILLING = { config, makerFills: { share: '1', afterMs: 3000 } } as const;

/** Seconds after approval at which each order was armed. */
function armedAfter({ records }: Worked): readonly number[] {
  const approvedAt = records.intents[0]?.approvedAt ?? Number.NaN;
  return records.orders.toSorted((a, b) => a.attempt - b.attempt).map((order) => (order.armedAt - approvedAt) / 1000);
}

/** 600 dollars in four slices of 150, with `meanwhile` half a minute after the first one. */
async function sliced(meanwhile: (world: World) => void | Promise<void>): Promise<Worked> {
  const world = await syncedWorld(FILLING);
  const createdAt = world.time.now();
  world.time.later(MINUTE_MS / 2, () => void meanwhile(world));
  return workOff(world, anIntent({ createdAt, qty: '0.012' }));
}

describe('an entry in slices', () => {
  test('is one resting order per slice, each in its time, when all of them fill', async () => {
    const worked = await sliced(() => undefined);
    expect(attempts(worked)).toEqual(Array.from({ length: 4 }, () => 'maker filled 0.003'));
    for (const [index, seconds] of armedAfter(worked).entries()) {
      expect(seconds).toBeGreaterThanOrEqual(index * 60);
      expect(seconds).toBeLessThan((index + 1) * 60);
    }
    expect(worked.records.routes[0]).toMatchObject({ slices: 4, requotes: 0, usedFallback: false, route: 'maker', attempts: 4 });
    expect(worked.broken).toEqual([]);
  });

  test('takes what has not filled of each slice before the next', async () => {
    const world = await syncedWorld({ config, makerFills: { share: '0', afterMs: 0 } });
    const worked = await workOff(world, anIntent({ createdAt: world.time.now(), qty: '0.012' }));
    expect(attempts(worked)).toEqual(Array.from({ length: 4 }, () => ['maker canceled 0', 'taker filled 0.003']).flat());
    expect(worked.records.routes[0]).toMatchObject({ slices: 4, usedFallback: true, cancels: 4, requotes: 0 });
    expect(worked.broken).toEqual([]);
  });

  test('has fewer slices when its life is short, and ends within it', async () => {
    const world = await syncedWorld(FILLING);
    const createdAt = world.time.now();
    const worked = await workOff(world, anIntent({ createdAt, qty: '0.012', expiresAt: createdAt + 170_000 }));
    expect(attempts(worked)).toEqual(Array.from({ length: 3 }, () => 'maker filled 0.004'));
    expect(worked.broken).toEqual([]);
  });

  test('below the value, and an exit of any value, goes at once', async () => {
    const world = await syncedWorld(FILLING);
    const small = await workOff(world, anIntent({ createdAt: world.time.now(), qty: '0.007' }));
    expect(attempts(small)).toEqual(['maker filled 0.007']);
    await workOff(world, anIntent({ createdAt: world.time.now(), qty: '0.012' }));
    const worked = await workOff(world, anExit({ createdAt: world.time.now(), qty: '0.019' }));
    expect(worked.records.orders.filter((order) => order.reducing).map((order) => order.qty)).toEqual(['0.019']);
    expect(worked.broken).toEqual([]);
  });

  test('sends no further slice once an operator reduces', async () => {
    const worked = await sliced(({ store, time }) =>
      store.commit((writer) => writer.set(TRADING_CONTROL, TRADING_CONTROL_ID, { state: 'REDUCING', actor: 'test', reason: 'drill', changedAt: time.now(), expiresAt: null })),
    );
    expect(attempts(worked)).toEqual(['maker filled 0.003']);
    expect(ends(worked)).toEqual(['settled 0.003 of 0.012: trading is REDUCING']);
    expect(worked.broken).toEqual([]);
  });

  test('puts slices together that a fallen price has made too small', async () => {
    const worked = await sliced(({ market }) => market.move('29999.9', '30000.1', '30000'));
    expect(attempts(worked)).toEqual(['maker filled 0.003', 'maker filled 0.006']);
    expect(worked.records.intents[0]).toMatchObject({ status: 'settled', executedQty: '0.009' });
    expect(worked.records.intents[0]?.statusReason).toMatch(/below the venue's minimum/);
    expect(worked.broken).toEqual([]);
  });
});
