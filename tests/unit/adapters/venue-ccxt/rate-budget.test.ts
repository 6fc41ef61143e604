/** The budget of one fresh instance whose calls begin while what others have told is still being read. */
import { describe, expect, test } from 'vitest';
import { createRateBudget } from '../../../../functions/src/adapters/venue-ccxt/rate-budget.ts';
import type { VenueBudget } from '../../../../functions/src/domain/requests/venue-budget.ts';
import { NOW } from './scripted-venue.ts';

const BAN_MS = 600_000;
const SECOND_MS = 1000;

/** Three calls of an instance that has just started; `load` is answered by hand. */
function threeCalls() {
  const loaded = Promise.withResolvers<VenueBudget | null>();
  const told = { loads: 0, failures: [] as string[] };
  const load = (): Promise<VenueBudget | null> => {
    told.loads += 1;
    return loaded.promise;
  };
  const budget = createRateBudget({ load, save: () => Promise.resolve(), onFailure: (cause) => told.failures.push(cause) });
  const call = async (now: number): Promise<number> => {
    await budget.refresh(now);
    return budget.waitMs(now);
  };
  return { loaded, told, waits: Promise.all([call(NOW), call(NOW), call(NOW + SECOND_MS)]) };
}

describe('calls that begin while the budget is being read', () => {
  test('all wait for it and heed the ban that it brings', async () => {
    const { loaded, told, waits } = threeCalls();
    loaded.resolve({ lines: {}, bannedUntil: NOW + BAN_MS });
    expect(await waits).toEqual([BAN_MS, BAN_MS, BAN_MS - SECOND_MS]);
    expect(told).toEqual({ loads: 1, failures: [] });
  });

  test('all go on when it cannot be read, and that is told once', async () => {
    const { loaded, told, waits } = threeCalls();
    loaded.reject(new Error('the store is down'));
    expect(await waits).toEqual([0, 0, 0]);
    expect(told).toEqual({ loads: 1, failures: ['the store is down'] });
  });
});
