import { describe, expect, it } from 'vitest';
import { learningDayOf } from '../../../../functions/src/domain/learning/learning-days.ts';
import { scoreInputsOf } from '../../../../functions/src/domain/learning/score-inputs.ts';
import { symbolScoresOf } from '../../../../functions/src/domain/learning/symbol-scores.ts';
import { symbolScores } from '../../../../functions/src/schema/records/symbol-scores.ts';
import { TRADED_AT, aTrade, routed, someMetrics } from '../../../support/builders/a-trade.ts';
import { NOW } from '../risk/scenario.ts';

const DAYS = ['20260112', '20260113', '20260114', '20260115'];

/** A day of BTCUSDT with these net results on 1,000 dollars each. */
const dayOf = (day: string, results: readonly number[]) =>
  learningDayOf(day, results.map((netUsd, index) => routed(aTrade({ netUsd, openedAt: index, closedAt: TRADED_AT + index }))), NOW, NOW);

const calmThenWild = () => DAYS.map((day) => dayOf(day, day === '20260115' ? [40, -40] : [10, -10]));
const source = { days: calmThenWild(), today: '20260115', minSamples: 8, navUsd: 10_000 };

describe('the inputs of a score', () => {
  it('compare the deviation of the newest quarter of the window with that of all of it', () => {
    expect(scoreInputsOf('BTCUSDT', null, source).volatilityRatio).toBeCloseTo(40 / Math.sqrt((6 * 10 ** 2 + 2 * 40 ** 2) / 8), 9);
  });

  it('know no volatility while that quarter has less than a quarter of the samples', () => {
    expect(scoreInputsOf('BTCUSDT', null, { ...source, minSamples: 9 }).volatilityRatio).toBeNull();
  });

  it('set what closed today against NAV, and know nothing of the day without NAV', () => {
    const days = [dayOf('20260115', [-150, -50])];
    expect(scoreInputsOf('BTCUSDT', null, { ...source, days }).dayResultPct).toBeCloseTo(-2, 9);
    expect(scoreInputsOf('BTCUSDT', null, { ...source, days, today: '20260116' }).dayResultPct).toBe(0);
    expect(scoreInputsOf('BTCUSDT', null, { ...source, days, navUsd: null }).dayResultPct).toBeNull();
  });

  it('take the router’s figures, but for those of a router that is warming up', () => {
    expect(scoreInputsOf('BTCUSDT', someMetrics(), source)).toMatchObject({ makerShare: 0.6, fallbackRatio: 0.3, slippageP50Bps: 1, quality: 'ok' });
    expect(scoreInputsOf('BTCUSDT', someMetrics({ isWarmup: true }), source)).toMatchObject({ makerShare: null, fallbackRatio: null, slippageP50Bps: null, quality: 'insufficient_data' });
  });
});

/** Of a symbol that has only lost. */
const bound = (min: number, max: number) =>
  symbolScoresOf(['BTCUSDT'], {}, { ...source, days: [dayOf('20260115', Array.from({ length: 8 }, (_, index) => -40 - index))] }, { minSamples: 8, sizeFactor: { min, max } }, NOW).symbols['BTCUSDT'];

describe('symbol scores', () => {
  const scores = symbolScoresOf(['ETHUSDT', 'BTCUSDT'], { ETHUSDT: someMetrics({ symbol: 'ETHUSDT' }) }, source, { minSamples: 8, sizeFactor: { min: 0.5, max: 1 } }, NOW);

  it('rank the symbols that have samples enough, and no others', () => {
    expect(symbolScores.parse(scores)).toEqual(scores);
    expect(scores.symbols['BTCUSDT']).toMatchObject({ samples: 8, isWarmup: false, rank: 1 });
    expect(scores.symbols['ETHUSDT']).toMatchObject({ samples: 0, isWarmup: true, rank: null, sizeFactor: 1 });
    expect(scores.summary).toMatch(/^1 of 2 symbols ranked, best BTCUSDT at 0\.\d{3}$/);
  });

  it('keep a size factor within its bounds', () => {
    // -1 for its Sharpe ratio, -0.5 for its day, 0.1 for its ordinary volatility.
    expect(bound(0.5, 1)?.sizeFactor).toBeCloseTo(0.58, 9);
    expect(bound(0.7, 1)?.sizeFactor).toBe(0.7);
  });
});
