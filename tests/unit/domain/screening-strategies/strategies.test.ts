import { describe, expect, it } from 'vitest';
import { candlesNeeded, wishOf } from '../../../../functions/src/domain/screening/wish-of.ts';
import type { StrategyWish } from '../../../../functions/src/domain/screening/strategy.ts';
import type { StrategyConfig } from '../../../../functions/src/schema/config/strategies-config.ts';
import type { PositionSide } from '../../../../functions/src/schema/scalars.ts';
import { anExposure } from '../risk/scenario.ts';
import { configured } from './configured.ts';
import { candlesOf, walk } from './series.ts';

function wish(strategy: StrategyConfig, closes: readonly number[], held: PositionSide | null = null): StrategyWish {
  const exposure = held === null ? null : anExposure({ positionSide: held, strategy: strategy.name });
  return wishOf(strategy, candlesOf(closes), exposure);
}

describe('rsi_band', () => {
  const strategy = configured('rsi_band');

  it.each([
    ['enters long at its lower level', [100, 101, 100, 98.5], { kind: 'enter', positionSide: 'long', value: 100 / 3.5, threshold: 30 }],
    ['enters short at its upper level', [100, 99, 100, 101.5], { kind: 'enter', positionSide: 'short', value: 250 / 3.5, threshold: 70 }],
    ['is silent inside the band', [100, 101, 100, 101], { kind: 'none' }],
    ['is silent in a flat market', [100, 100, 100, 100], { kind: 'none' }],
  ])('%s', (_title, closes, expected) => {
    expect(wish(strategy, closes)).toMatchObject(expected);
  });

  it('enters exactly at the level', () => {
    const atLevel = configured('rsi_band', { params: { oversold: 40, overbought: 60 } });
    expect(wish(atLevel, [100, 102, 99, 99])).toMatchObject({ kind: 'enter', positionSide: 'long', value: 40 });
    expect(wish(atLevel, [100, 98, 101, 101])).toMatchObject({ kind: 'enter', positionSide: 'short', value: 60 });
  });

  it.each([
    ['long', [100, 99, 99, 100], 'exit'],
    ['long', [100, 99, 98, 99], 'none'],
    ['short', [100, 101, 101, 100], 'exit'],
    ['short', [100, 101, 102, 101], 'none'],
  ] as const)('holding %s over %j it says %s', (side, closes, kind) => {
    expect(wish(strategy, closes, side)).toMatchObject(kind === 'exit' ? { kind, positionSide: side, value: 50, threshold: 50 } : { kind });
  });

  it('reads the variant that config names', () => {
    const closes = walk(3, 400);
    const values = (['wilder', 'cutler'] as const).map((variant) => {
      const answer = wish(configured('rsi_band', { params: { variant, period: 14, oversold: 49.9, overbought: 50, exitLevel: 49.95 } }), closes);
      return answer.kind === 'none' ? null : answer.value;
    });
    expect(values[0]).not.toBeNull();
    expect(values[0]).not.toBe(values[1]);
  });
});

describe('momentum', () => {
  const strategy = configured('momentum');
  const flat = Array.from({ length: 30 }, () => 100);

  it('enters with a rise and against no one', () => {
    expect(wish(strategy, [...flat, 102, 104, 106])).toMatchObject({ kind: 'enter', positionSide: 'long', threshold: 0.2 });
  });

  it('enters short with a fall', () => {
    expect(wish(strategy, [...flat, 98, 96, 94])).toMatchObject({ kind: 'enter', positionSide: 'short', threshold: -0.2 });
  });

  it('of a hand calculation: averages 102 2/3 and 101.6 of a step by 4, over an ATR of 10 / 3', () => {
    expect(wish(configured('momentum', { params: { entryGapAtr: 0.01 } }), [...flat, 104])).toMatchObject({ value: expect.closeTo((104 - 4 / 3 - 101.6) / (10 / 3), 10) });
  });

  it('is silent while the averages are close together, also with a threshold of zero in a flat market', () => {
    expect(wish(strategy, [...flat, 100.2])).toMatchObject({ kind: 'none' });
    expect(wish(configured('momentum', { params: { entryGapAtr: 0, exitGapAtr: 0 } }), flat)).toMatchObject({ kind: 'none' });
  });

  it('is silent where no candle has a range', () => {
    expect(wishOf(strategy, candlesOf(flat, 0), null)).toMatchObject({ kind: 'none', reason: 'no gap: the market does not move' });
  });

  it.each([
    ['long', [102, 104, 106], 'none'],
    ['long', [102, 104, 106, 100, 98], 'exit'],
    ['short', [98, 96, 94], 'none'],
    ['short', [98, 96, 94, 100, 102], 'exit'],
  ] as const)('holding %s over %j it says %s', (side, closes, kind) => {
    expect(wish(strategy, [...flat, ...closes], side)).toMatchObject({ kind });
  });
});

describe('always_on', () => {
  it.each(['long', 'short'] as const)('enters %s whatever the market does, and then holds', (side) => {
    const strategy = configured('always_on', { params: { side } });
    expect(wish(strategy, walk(1, 5))).toMatchObject({ kind: 'enter', positionSide: side });
    expect(wish(strategy, walk(1, 5), side)).toMatchObject({ kind: 'none' });
  });

  it('closes the side it held before its config was turned round', () => {
    expect(wish(configured('always_on', { params: { side: 'short' } }), walk(1, 5), 'long')).toMatchObject({ kind: 'exit', positionSide: 'long' });
  });
});

describe('every kind', () => {
  const KINDS = ['rsi_band', 'zscore', 'momentum', 'always_on'] as const;

  it.each(KINDS)('%s says nothing with one candle too few', (kind) => {
    const needed = kind === 'momentum' ? 28 : 4;
    const strategy = configured(kind);
    expect(wish(strategy, walk(1, kind === 'always_on' ? 0 : needed - 1))).toEqual({ kind: 'none', reason: 'too few closed candles' });
  });

  it.each(KINDS)('%s enters neither side that config forbids', (kind) => {
    const wishes = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => wish(configured(kind, { allowLong: false, allowShort: false }), walk(seed, 40)).kind);
    expect(new Set(wishes)).toEqual(new Set(['none']));
  });

  it('needs the candles of its signal, its size and its filters, whichever are most', () => {
    const rsi = { variant: 'wilder', period: 14 };
    expect(candlesNeeded(configured('rsi_band', { params: rsi }))).toBe(351);
    expect(candlesNeeded(configured('rsi_band', { sizing: { volTargetBps: 25, atrPeriod: 30, minNotionalUsd: 10, maxNotionalUsd: 1000 } }))).toBe(31);
    expect(candlesNeeded(configured('rsi_band', { params: rsi, entryFilters: { atrRegime: { atrPeriod: 50, lookback: 500, maxRatio: 1.5 } } }))).toBe(550);
  });

  it.each([
    ['rsi_band', { variant: 'wilder', period: 50 }],
    ['momentum', { fastPeriod: 199, slowPeriod: 200, atrPeriod: 500 }],
    ['zscore', { lookback: 1000 }],
  ] as const)('%s at its longest needs no more candles than the venue gives at once', (kind, params) => {
    const filters = { atrRegime: { atrPeriod: 500, lookback: 900, maxRatio: 1.5 } };
    expect(candlesNeeded(configured(kind, { params, entryFilters: filters }))).toBeLessThanOrEqual(1499);
  });
});
