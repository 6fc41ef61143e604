import { describe, expect, it } from 'vitest';
import { pathOf, scaleOf, thinned, timeTicks } from '../../../dashboard/src/view/curve.ts';
import { pointsOf, withHead } from '../../../dashboard/src/reading/nav-history.ts';

const MINUTE = 60_000;

describe('a thinned curve', () => {
  const month = Array.from({ length: 43_200 }, (_, minute) => ({ at: minute * MINUTE, value: minute === 20_000 ? -500 : Math.sin(minute / 700) }));

  it('keeps every spike, first and last, in the order of time', () => {
    const few = thinned(month, 300);
    expect(few.length).toBeLessThanOrEqual(602);
    expect(few).toContainEqual({ at: 20_000 * MINUTE, value: -500 });
    expect([few[0], few.at(-1)]).toEqual([month[0], month.at(-1)]);
    expect(few.map(({ at }) => at)).toEqual(few.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  it('leaves a short one as it is', () => {
    expect(thinned(month.slice(0, 100), 300)).toHaveLength(100);
  });
});

describe('a scale', () => {
  it.each([[[9987, 10_031]], [[0, 0]], [[-0.08, 0]], [[5]], [[1e-9, 2e-9]]])('takes in %j with round steps', (values) => {
    const { min, max, ticks } = scaleOf(values);
    expect(min).toBeLessThanOrEqual(Math.min(...values));
    expect(max).toBeGreaterThanOrEqual(Math.max(...values));
    expect(ticks.length).toBeGreaterThan(1);
    expect(max).toBeGreaterThan(min);
  });

  it('of nothing has no ticks', () => {
    expect(scaleOf([]).ticks).toEqual([]);
  });

  it('of time has full hours or days, no more than fit', () => {
    const from = Date.UTC(2026, 0, 5, 6, 2);
    expect(timeTicks(from, from + 86_400_000, 8).map((at) => new Date(at).getUTCMinutes())).toEqual(Array.from({ length: 8 }, () => 0));
    expect(timeTicks(from, from + 30 * 86_400_000, 8).length).toBeLessThanOrEqual(8);
  });

  it.each([[30, 2], [30, 1], [30, 4], [365, 3], [7, 2]])('of %i days has midnights alone where only %i fit, so that each is a day', (days, most) => {
    const from = Date.UTC(2026, 0, 5, 6, 2);
    const ticks = timeTicks(from, from + days * 86_400_000, most);
    expect(ticks.length).toBeGreaterThan(0);
    expect(ticks.filter((at) => at % 86_400_000 !== 0)).toEqual([]);
  });
});

describe('the path of a curve', () => {
  it('has a gap where nothing was measured', () => {
    const points = [0, 1, 20].map((minute) => ({ at: minute * MINUTE, value: 1 }));
    expect(pathOf(points, ({ at }) => [at / MINUTE, 0], 10 * MINUTE)).toBe('M0.0 0.0L1.0 0.0M20.0 0.0');
  });
});

describe('NAV history', () => {
  it('leaves out a point that cannot be read', () => {
    const points = pointsOf('20260105', { fields: { minutes: [1, 2, 3], navUsd: ['10', 'x', '12'], drawdownPct: ['0', '0'] } });
    expect(points).toEqual([{ at: Date.UTC(2026, 0, 5, 0, 1), navUsd: 10, drawdownPct: 0 }]);
  });

  it('ends with the newest NAV while that is healthy', () => {
    const points = [{ at: 1, navUsd: 10, drawdownPct: 0 }];
    const nav = { health: 'ok', navUsd: '11', drawdownPct: '1', valueAt: 2 };
    expect(withHead(points, nav).at(-1)).toEqual({ at: 2, navUsd: 11, drawdownPct: 1 });
    expect(withHead(points, { ...nav, health: 'unavailable' })).toEqual(points);
    expect(withHead(points, { ...nav, valueAt: 1 })).toEqual(points);
  });
});
