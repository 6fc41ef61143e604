/** The simulator itself: the same seed is the same run, wherever; it does trade; and what fails is cut down. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { minimise } from './minimise.ts';
import { orderMutations } from './mutations/order-mutations.ts';
import { REGRESSIONS } from './regressions.ts';
import { drawScenario } from './scenario.ts';
import { simulate } from './simulation.ts';

const TIMEOUT_MS = 180_000;
const run = promisify(execFile);

/** What another process, in another time zone, makes of it. */
async function elsewhere(seed: number): Promise<string> {
  const { stdout } = await run(process.execPath, ['tests/simulation/main.ts', '--seed', String(seed), '--hours', '1', '--json'], { env: { ...process.env, TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8' } });
  return stdout;
}

describe('a seed', () => {
  test.each([1, 5, 42])('%i gives the same hash twice, and in a process of another time zone', async (seed) => {
    const [once, twice] = [await simulate({ seed, hours: 1 }), await simulate({ seed, hours: 1 })];
    expect(twice.hash).toBe(once.hash);
    expect(await elsewhere(seed)).toContain(`"hash":"${once.hash}"`);
  }, TIMEOUT_MS);

  test('is a run of its own: others have other hashes', async () => {
    const hashes = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5]) hashes.add((await simulate({ seed, hours: 0.5 })).hash);
    expect(hashes.size).toBe(5);
  }, TIMEOUT_MS);

  test('without any of its faults is an undisturbed run', async () => {
    const { struck, violation } = await simulate({ seed: 5, hours: 1, only: new Set() });
    expect({ struck, violation }).toEqual({ struck: [], violation: null });
  }, TIMEOUT_MS);
});

describe('an engine whose clock lags', () => {
  test('trades all the same', async () => {
    const behind = Array.from({ length: 50 }, (_, seed) => drawScenario(seed, 1)).filter((scenario) => scenario.clockSkewMs < -500 && scenario.keys === 'paper').slice(0, 3);
    for (const { seed } of behind) expect((await simulate({ seed, hours: 1, only: new Set() })).orders).toBeGreaterThan(0);
    expect(behind).toHaveLength(3);
  }, TIMEOUT_MS);
});

describe('ten seeds together', () => {
  test('trade, and are disturbed in many ways', async () => {
    let orders = 0;
    const kinds = new Set<string>();
    for (let seed = 0; seed < 10; seed += 1) {
      const outcome = await simulate({ seed, hours: 1 });
      orders += outcome.orders;
      for (const { key } of outcome.struck) kinds.add(key.replace(/[:#].*/, ''));
    }
    expect(orders).toBeGreaterThan(50);
    expect(kinds.size).toBeGreaterThan(20);
  }, TIMEOUT_MS);
});

describe('a failing run', () => {
  test('is cut down to fewer hours and fewer faults that break the same invariant', async () => {
    const mutation = orderMutations.find(({ name }) => name.startsWith('an order without an answer'));
    expect(mutation).toBeDefined();
    if (mutation === undefined) return;
    const { mutate, rates = {} } = mutation;
    for (let seed = 0; seed < 50; seed += 1) {
      const outcome = await simulate({ seed, hours: 1, rates, mutate });
      if (outcome.violation === null) continue;
      const minimal = await minimise({ seed, hours: 1, outcome, rates }, 40, mutate);
      expect(minimal.outcome.violation?.invariant).toBe(outcome.violation.invariant);
      expect(minimal.only.length).toBeLessThan(outcome.struck.length);
      return;
    }
    throw new Error('no seed fails with the mutation');
  }, TIMEOUT_MS);
});

describe('a bug that was once found stays fixed', () => {
  test.each(REGRESSIONS)('$was', async ({ seed, hours, only }) => {
    const { violation } = await simulate({ seed, hours, ...(only === null ? {} : { only: new Set(only) }) });
    expect(violation).toBeNull();
  }, TIMEOUT_MS);
});
