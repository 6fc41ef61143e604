import { describe, expect, it } from 'vitest';
import { mean, median, quantile } from '../../../../scripts/bench/statistics.ts';

const ONE_TO_HUNDRED = Array.from({ length: 100 }, (_, index) => 100 - index);

describe('statistics', () => {
  it('take a quantile by the nearest rank, whatever the order', () => {
    expect([0, 0.5, 0.99, 1].map((share) => quantile(ONE_TO_HUNDRED, share))).toEqual([1, 50, 99, 100]);
  });

  it('take the middle value as the median', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('refuse to speak of nothing', () => {
    expect(() => median([])).toThrow(/nothing was measured/);
    expect(() => mean([])).toThrow(/nothing was measured/);
  });
});
