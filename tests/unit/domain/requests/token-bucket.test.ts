import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeToken } from '../../../../functions/src/domain/requests/token-bucket.ts';
import type { RequestBudget } from '../../../../functions/src/schema/records/request-budget.ts';

const NOW = Date.UTC(2026, 0, 15);
const MINUTE_MS = 60_000;

/** How many of the requests at these times go through. */
function passed(times: readonly number[], perMinute: number): number {
  let budget: RequestBudget | null = null;
  let count = 0;
  for (const at of times) {
    const taken = takeToken(budget, perMinute, at);
    if (taken.kind === 'empty') continue;
    budget = taken.budget;
    count += 1;
  }
  return count;
}

describe('a budget of requests', () => {
  it('lets a minute of requests through at once, and then none', () => {
    expect(passed(Array.from({ length: 10 }, () => NOW), 3)).toBe(3);
  });

  it('refills evenly and says when the next may come', () => {
    expect(takeToken({ tokens: 0, refilledAt: NOW }, 4, NOW + 7500)).toEqual({ kind: 'empty', retryAfterMs: 7500 });
    expect(takeToken({ tokens: 0, refilledAt: NOW }, 4, NOW + 15_000)).toEqual({ kind: 'taken', budget: { tokens: 0, refilledAt: NOW + 15_000 } });
  });

  it('never holds more than a minute of requests', () => {
    expect(takeToken({ tokens: 1, refilledAt: NOW }, 4, NOW + 99 * MINUTE_MS)).toMatchObject({ budget: { tokens: 3 } });
  });

  it('gives nothing for a clock that went back', () => {
    expect(takeToken({ tokens: 0.5, refilledAt: NOW }, 4, NOW - MINUTE_MS)).toMatchObject({ kind: 'empty' });
    expect(takeToken({ tokens: 2, refilledAt: NOW }, 4, NOW - MINUTE_MS)).toMatchObject({ budget: { tokens: 1, refilledAt: NOW } });
  });

  it('lets through at most a minute of requests more than time has refilled', () => {
    const times = fc.array(fc.integer({ min: 0, max: 10 * MINUTE_MS }), { maxLength: 200 }).map((offsets) => offsets.toSorted((a, b) => a - b).map((offset) => NOW + offset));
    const bounded = fc.property(times, fc.integer({ min: 1, max: 50 }), (at, perMinute) => {
      const spanMs = (at.at(-1) ?? NOW) - (at[0] ?? NOW);
      return passed(at, perMinute) <= perMinute + (spanMs / MINUTE_MS) * perMinute + 1e-6;
    });
    expect(() => fc.assert(bounded)).not.toThrow();
  });
});
