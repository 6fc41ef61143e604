import { assert, constant, constantFrom, dictionary, integer, option, property, record as recordOf } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FULL_BUDGET, budgetRecord, mergedBudget, usedPct } from '../../../../functions/src/domain/requests/venue-budget.ts';
import type { VenueBudget } from '../../../../functions/src/domain/requests/venue-budget.ts';
import { rateBudget } from '../../../../functions/src/schema/records/rate-budget.ts';

const NOW = Date.UTC(2026, 0, 15, 12, 0, 30);
const line = (used: number, limit: number, endsInMs: number) => ({ used, limit, until: NOW + endsInMs });

describe('usedPct', () => {
  test.each<[string, VenueBudget, number]>([
    ['is 0 while nothing is known', FULL_BUDGET, 0],
    ['is that of the limit used most', { lines: { weight1m: line(600, 2400, 1), orders10s: line(150, 300, 1) }, bannedUntil: null }, 50],
    ['counts no window that has ended', { lines: { weight1m: line(600, 2400, 1), orders10s: line(150, 300, 0) }, bannedUntil: null }, 25],
    ['is all of it while the venue wants no calls', { lines: {}, bannedUntil: NOW + 1 }, 100],
    ['is 0 again when that is over', { lines: {}, bannedUntil: NOW }, 0],
  ])('%s', (_title, budget, expected) => {
    expect(usedPct(budget, NOW)).toBe(expected);
  });
});

const count = integer({ min: 0, max: 2400 });
const budgets = recordOf({
  lines: dictionary(constantFrom('weight1m', 'orders10s'), recordOf({ used: count, limit: constant(2400), until: constantFrom(NOW + 1, NOW + 60_000) })).map((lines) => ({ ...lines })),
  bannedUntil: option(constantFrom(NOW + 5, NOW + 9), { nil: null }),
});

describe('mergedBudget', () => {
  test('comes to the same whatever the order in which instances tell, and however often', () => {
    assert(
      property(budgets, budgets, budgets, (a, b, c) => {
        const once = mergedBudget(mergedBudget(a, b), c);
        expect(mergedBudget(c, mergedBudget(b, a))).toEqual(once);
        expect(mergedBudget(once, b)).toEqual(once);
      }),
    );
  });

  test('never takes back a ban, nor what was used within one window', () => {
    const merged = mergedBudget({ lines: { weight1m: line(700, 2400, 1) }, bannedUntil: NOW + 9 }, { lines: { weight1m: line(600, 2400, 1) }, bannedUntil: NOW + 5 });
    expect(merged).toEqual({ lines: { weight1m: line(700, 2400, 1) }, bannedUntil: NOW + 9 });
  });

  test('forgets a window for a later one, though less of it is used', () => {
    const merged = mergedBudget({ lines: { weight1m: line(2000, 2400, 1) }, bannedUntil: null }, { lines: { weight1m: line(40, 2400, 60_001) }, bannedUntil: null });
    expect(merged.lines['weight1m']?.used).toBe(40);
  });
});

test('the record says in words what is used and until when nothing may be called', () => {
  const record = budgetRecord({ lines: { weight1m: line(600, 2400, 1), orders10s: line(150, 300, 0) }, bannedUntil: NOW + 1000 }, NOW);
  expect(rateBudget.parse(record).summary).toBe('no calls until 2026-01-15T12:00:31.000Z, weight1m 600 of 2400');
});
