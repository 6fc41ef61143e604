import { describe, expect, it } from 'vitest';
import { zScore } from '../../../../functions/src/domain/screening/indicators/z-score.ts';
import { zscore } from '../../../../functions/src/domain/screening/strategies/zscore.ts';
import { candlesOf } from '../../../support/builders/a-strategy.ts';
import { NOW } from '../risk/scenario.ts';

const ROOT_3 = Math.sqrt(3);

describe('zScore', () => {
  // 96 among three 100s: mean 99, deviations 1, 1, 1 and -3, variance 3.
  it.each<[string, readonly number[], number, number]>([
    ['below its mean', [100, 100, 100, 96], 4, -ROOT_3],
    ['above its mean', [100, 100, 100, 104], 4, ROOT_3],
    ['of the last values only', [7, 1e6, 100, 100, 100, 96], 4, -ROOT_3],
    ['at its mean', [96, 104, 100], 3, 0],
  ])('measures a value %s', (_title, values, lookback, expected) => {
    expect(zScore(values, lookback)).toBeCloseTo(expected, 12);
  });

  it.each<[string, readonly number[], number]>([
    ['there are too few values', [1, 2, 3], 4],
    ['the lookback is a single value', [1, 2, 3], 1],
    ['all values are equal', [5, 5, 5], 3],
    ['all values are equal, and their mean is not, in floating point', [0.1, 0.1, 0.1], 3],
    ['a value is not a number', [1, Number.NaN, 3], 3],
  ])('is unknown when %s', (_title, values, lookback) => {
    expect(zScore(values, lookback)).toBeNull();
  });
});

describe('zscore', () => {
  const params = { lookback: 4, entryZ: 1.5, exitZ: 0.5 };
  const wish = (closes: readonly number[], held: 'long' | 'short' | null = null, exitZ = 0.5) =>
    zscore.decide({ candles: candlesOf(closes, NOW), held: held === null ? null : { positionSide: held, openedAt: NOW } }, { ...params, exitZ });

  it('enters against a stretch, with the number that fired', () => {
    expect(wish([100, 100, 100, 96])).toEqual({ kind: 'enter', positionSide: 'long', indicator: 'z', value: expect.closeTo(-ROOT_3, 12), threshold: -1.5, strength: 1 });
    expect(wish([100, 100, 100, 104])).toMatchObject({ kind: 'enter', positionSide: 'short', threshold: 1.5 });
  });

  it.each<[string, readonly number[], 'long' | 'short' | null, string]>([
    ['does not enter near the mean', [96, 104, 100, 100], null, 'none'],
    ['does not enter in a flat market', [100, 100, 100, 100], null, 'none'],
    ['holds a long that is still stretched', [100, 100, 100, 96], 'long', 'none'],
    ['holds a short that is still stretched', [100, 100, 100, 104], 'short', 'none'],
    ['leaves a long back at the mean', [96, 104, 100, 100], 'long', 'exit'],
    ['leaves a short back at the mean', [96, 104, 100, 100], 'short', 'exit'],
    ['leaves a long that shot over the mean', [100, 100, 100, 104], 'long', 'exit'],
    ['leaves a short that shot over the mean', [100, 100, 100, 96], 'short', 'exit'],
  ])('%s', (_title, closes, held, kind) => {
    expect(wish(closes, held).kind).toBe(kind);
  });

  it('leaves the side that it holds, at its threshold', () => {
    expect(wish([96, 104, 100, 100], 'long')).toMatchObject({ positionSide: 'long', threshold: -0.5 });
    expect(wish([96, 104, 100, 100], 'short', 0.25)).toMatchObject({ positionSide: 'short', threshold: 0.25 });
  });
});
