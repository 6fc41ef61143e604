import { ATR, EMA, RSI, SMA } from 'trading-signals';
import { describe, expect, it } from 'vitest';
import { averageTrueRange } from '../../../../functions/src/domain/screening/indicators/atr.ts';
import { atrRegime, atrRegimeCandles } from '../../../../functions/src/domain/screening/indicators/atr-regime.ts';
import { EMA_WARMUP_PERIODS, ema } from '../../../../functions/src/domain/screening/indicators/ema.ts';
import { rsiCutler } from '../../../../functions/src/domain/screening/indicators/rsi-cutler.ts';
import { RSI_WARMUP_PERIODS, rsiWilder } from '../../../../functions/src/domain/screening/indicators/rsi-wilder.ts';
import { zScore } from '../../../../functions/src/domain/screening/indicators/z-score.ts';
import { candlesOf, TEXTBOOK, walk } from './series.ts';

const SEEDS = [1, 2, 3, 4, 5];
const PERIODS = [2, 3, 14, 50];
const CASES = SEEDS.flatMap((seed) => PERIODS.map((period) => ({ seed, period })));

describe('the RSI', () => {
  it('of a hand calculation: gains 3.34 and losses 1.40 over the first 14 changes', () => {
    expect(rsiCutler(TEXTBOOK.slice(0, 15), 14)).toBeCloseTo(70.46413502, 8);
    expect(rsiWilder(TEXTBOOK.slice(0, 15), 14)).toBeCloseTo(70.46413502, 8);
  });

  it('of Cutler forgets the first change with the next close: gains 3.34, losses 1.43', () => {
    expect(rsiCutler(TEXTBOOK, 14)).toBeCloseTo(70.02096436, 8);
  });

  it('of Wilder smooths: gains 3.34 x 13/14, losses (1.40 x 13/14 + 0.28) over 14', () => {
    const gain = (3.34 / 14) * 13;
    const loss = (1.4 / 14) * 13 + 0.28;
    expect(rsiWilder(TEXTBOOK, 14)).toBeCloseTo((100 * gain) / (gain + loss), 10);
  });

  it.each([
    ['Wilder', rsiWilder],
    ['Cutler', rsiCutler],
  ])('of %s is 50 where nothing moves, 100 where all rises, 0 where all falls', (_name, rsi) => {
    expect([rsi([5, 5, 5, 5], 3), rsi([1, 2, 3, 4], 3), rsi([4, 3, 2, 1], 3)]).toEqual([50, 100, 0]);
  });

  it.each([
    ['Wilder', rsiWilder],
    ['Cutler', rsiCutler],
  ])('of %s is unknown without a close before its first change', (_name, rsi) => {
    expect([rsi([1, 2, 3], 3), rsi([], 3), rsi([1, 2, 3, 4], 0)]).toEqual([null, null, null]);
  });

  it.each(CASES)('of Wilder agrees with trading-signals, seed $seed, period $period', ({ seed, period }) => {
    const closes = walk(seed, 300);
    const oracle = new RSI(period);
    closes.forEach((close) => oracle.update(close, false));
    expect(Math.abs((rsiWilder(closes, period) ?? Number.NaN) - oracle.getResultOrThrow())).toBeLessThan(1e-9);
  });

  it.each(CASES)('of Cutler agrees with trading-signals on simple averages, seed $seed, period $period', ({ seed, period }) => {
    const closes = walk(seed, 300);
    const oracle = new RSI(period, SMA);
    closes.forEach((close) => oracle.update(close, false));
    expect(Math.abs((rsiCutler(closes, period) ?? Number.NaN) - oracle.getResultOrThrow())).toBeLessThan(1e-9);
  });
});

describe('the exponential average', () => {
  it('of a hand calculation: 1, then halfway to 3, then halfway to 7', () => {
    expect(ema([1, 3, 7], 3)).toBe(4.5);
  });

  it('is unknown without values', () => {
    expect(ema([], 3)).toBeNull();
  });

  it.each(CASES)('agrees with trading-signals, seed $seed, period $period', ({ seed, period }) => {
    const closes = walk(seed, 300);
    const oracle = new EMA(period);
    closes.forEach((close) => oracle.update(close, false));
    expect(Math.abs((ema(closes, period) ?? Number.NaN) - oracle.getResultOrThrow())).toBeLessThan(1e-9);
  });
});

describe('the average true range', () => {
  it.each(CASES)('agrees with trading-signals on simple averages, seed $seed, period $period', ({ seed, period }) => {
    const candles = candlesOf(walk(seed, 300));
    const oracle = new ATR(period, SMA);
    candles.forEach(({ high, low, close }) => oracle.update({ high, low, close }, false));
    expect(Math.abs((averageTrueRange(candles, period) ?? Number.NaN) - oracle.getResultOrThrow())).toBeLessThan(1e-9);
  });

  it('counts the gap from the close before', () => {
    const candles = candlesOf([100, 110]).map((candle) => ({ ...candle, high: candle.close + 1, low: candle.close - 1 }));
    expect(averageTrueRange(candles, 1)).toBe(11);
  });
});

describe('the z-score', () => {
  it('of 1 to 20 is that of the last among its population', () => {
    expect(zScore(Array.from({ length: 20 }, (_, i) => i + 1), 20)).toBeCloseTo(1.6475089, 7);
  });
});

describe('the ATR regime', () => {
  const calm = Array.from({ length: 12 }, () => 100);

  it('of a market that moves as it always does is 1', () => {
    expect(atrRegime(candlesOf(calm), 2, 9)).toBe(1);
  });

  it('of a hand calculation: true ranges 2 and 22 over their mean close of 110, against 2 % as usual', () => {
    expect(atrRegime(candlesOf([...calm, 120]), 2, 9)).toBeCloseTo((2 + 22) / 2 / 120 / 0.02, 10);
  });

  it('takes the mean of the middle two of an even number', () => {
    const closes = [100, 100, 100, 100];
    const candles = candlesOf(closes).map((candle, index) => ({ ...candle, high: 100 + index, low: 100 }));
    expect(atrRegime(candles, 1, 2)).toBeCloseTo(3 / 2.5, 10);
  });

  it('is unknown with one candle too few, and in a market that never moves', () => {
    expect(atrRegime(candlesOf(calm).slice(0, atrRegimeCandles(2, 9) - 1), 2, 9)).toBeNull();
    expect(atrRegime(candlesOf(calm, 0), 2, 9)).toBeNull();
  });

  it('looks at no candle older than it asks for', () => {
    const candles = candlesOf(walk(7, 200));
    expect(atrRegime(candles, 5, 40)).toBe(atrRegime(candles.slice(-atrRegimeCandles(5, 40)), 5, 40));
  });
});

/** The same last candles behind two different pasts: one calm, one that ends in a crash. */
describe('the warm-up', () => {
  const crash = [400, 300, 350, 200, 100];

  it.each(PERIODS)('of Wilder’s RSI of period %i forgets how the series began to a millionth', (period) => {
    const recent = walk(11, period * RSI_WARMUP_PERIODS + 1);
    const exact = rsiWilder([...Array.from({ length: 2000 }, () => 100), ...recent], period) ?? Number.NaN;
    expect(Math.abs((rsiWilder(recent, period) ?? Number.NaN) - exact)).toBeLessThan(1e-6);
    const afterCrash = rsiWilder([...crash, ...recent], period) ?? Number.NaN;
    expect(Math.abs(afterCrash - exact)).toBeLessThan(1e-6);
  });

  it('of ten periods would not do', () => {
    const recent = walk(11, 141);
    expect(Math.abs((rsiWilder([...crash, ...recent], 14) ?? 0) - (rsiWilder(recent, 14) ?? 0))).toBeGreaterThan(1e-6);
  });

  it.each([2, 14, 50, 200])('of the average of period %i forgets how the series began to a millionth of the price', (period) => {
    const recent = walk(12, period * EMA_WARMUP_PERIODS);
    const exact = ema([...Array.from({ length: 5000 }, () => 190), ...recent], period) ?? Number.NaN;
    expect(Math.abs((ema(recent, period) ?? Number.NaN) - exact) / exact).toBeLessThan(1e-6);
  });
});
