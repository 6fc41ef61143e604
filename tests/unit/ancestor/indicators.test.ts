import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candle } from '../../../functions/src/domain/market/market.ts';
import { EMPTY_RISK_STATE } from '../../../functions/src/schema/records/risk-state.ts';
import { entryRefusals } from '../../../functions/src/domain/screening/entry-filters.ts';
import { averageTrueRange } from '../../../functions/src/domain/screening/indicators/atr.ts';
import { atrRegime } from '../../../functions/src/domain/screening/indicators/atr-regime.ts';
import { rsiCutler } from '../../../functions/src/domain/screening/indicators/rsi-cutler.ts';
import { zScore } from '../../../functions/src/domain/screening/indicators/z-score.ts';
import { configured } from '../domain/screening-strategies/configured.ts';
import { atr, atrShares, median, rsi, zScoreOf } from './oracle-indicators.ts';

const RUNS = { numRuns: 300, seed: 20_260_115 };
const EXACT = 1e-9;

const hundredths = (min: number, max: number) => fc.integer({ min: min * 100, max: max * 100 }).map((units) => units / 100);
const closesOf = (minLength: number) => fc.array(hundredths(80, 120), { minLength, maxLength: minLength + 60 });
const moves = (closes: readonly number[], last: number): boolean => new Set(closes.slice(-last)).size > 1;

/** Wild and calm stretches by turns: how far a bar reaches beyond its open and close is drawn for each. */
const candles = (minLength: number): fc.Arbitrary<Candle[]> =>
  fc.array(fc.record({ close: hundredths(90, 110), up: hundredths(0, 8), down: hundredths(0, 8) }), { minLength, maxLength: minLength + 20 }).map((bars) =>
    bars.map(({ close, up, down }, index) => ({ openAt: index, closeAt: index + 1, open: close, high: close + up, low: close - down, close, volume: 1 })),
  );

const distance = (ours: number | null, theirs: number): number => Math.abs((ours ?? Number.NaN) - theirs);

describe('indicators equal the ancestor’s', () => {
  it('RSI of 14 plain means, of any series that moves', () => {
    fc.assert(
      fc.property(closesOf(15), (closes) => {
        fc.pre(moves(closes, 15));
        expect(distance(rsiCutler(closes, 14), rsi(closes, 14))).toBeLessThan(EXACT);
      }),
      RUNS,
    );
  });

  it('RSI of series that only rise or only fall', () => {
    const rising = Array.from({ length: 20 }, (_, index) => 100 + index);
    expect([rsiCutler(rising, 14), rsi(rising, 14)]).toEqual([100, 100]);
    expect([rsiCutler(rising.toReversed(), 14), rsi(rising.toReversed(), 14)]).toEqual([0, 0]);
  });

  it('z-score of 20 closes against their population deviation, of any series that moves', () => {
    fc.assert(
      fc.property(closesOf(20), (closes) => {
        fc.pre(moves(closes, 20));
        expect(distance(zScore(closes, 20), zScoreOf(closes, 20))).toBeLessThan(EXACT);
      }),
      RUNS,
    );
  });

  it('z-score of its recorded vector: 1 to 20 is 1.6475089', () => {
    const closes = Array.from({ length: 20 }, (_, index) => index + 1);
    expect([zScore(closes, 20), zScoreOf(closes, 20)].map((value) => value?.toFixed(7))).toEqual(['1.6475089', '1.6475089']);
  });

  it('ATR as the mean of the last 14 true ranges, gaps included, from the 16 rows it needs on', () => {
    fc.assert(
      fc.property(candles(16), (series) => {
        expect(distance(averageTrueRange(series, 14), atr(series, 14))).toBeLessThan(EXACT);
      }),
      RUNS,
    );
  });

  it('ATR regime as ATR over price against its own median, of candles', () => {
    fc.assert(
      fc.property(candles(60), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 40 }), (series, period, lookback) => {
        const shares = atrShares(series, period, lookback);
        const usual = median(shares);
        fc.pre(usual > 0);
        expect(distance(atrRegime(series, period, lookback), (shares.at(-1) ?? Number.NaN) / usual)).toBeLessThan(EXACT);
      }),
      RUNS,
    );
  });

  it('no entry where ATR% of 50 is above 1.5 times its median of 500, where that filter is configured', () => {
    const strategy = configured('always_on', { entryFilters: { atrRegime: { atrPeriod: 50, lookback: 500, maxRatio: 1.5 } } });
    let refused = 0;
    fc.assert(
      fc.property(candles(560), fc.integer({ min: 5, max: 30 }), (series, tenths) => {
        const wild = series.map((candle, index) => (index < series.length - 50 ? candle : { ...candle, high: candle.close + tenths, low: candle.close - tenths / 5 }));
        const shares = atrShares(wild, 50, 500);
        const vetoes = (shares.at(-1) ?? Number.NaN) > 1.5 * median(shares);
        if (vetoes) refused += 1;
        expect(entryRefusals(strategy, 'BTCUSDT', 'long', wild, EMPTY_RISK_STATE).map(({ code }) => code)).toEqual(vetoes ? ['atr_regime'] : []);
      }),
      { ...RUNS, numRuns: 40 },
    );
    expect(refused > 5 && refused < 35).toBe(true);
  });
});
