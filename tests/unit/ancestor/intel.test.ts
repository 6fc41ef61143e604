/** Learning against the ancestor's formulas and recorded vectors: dollars there and basis points of notional here are the same on 10,000. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from '../../../functions/src/domain/learning/allocate.ts';
import { expectancyOf } from '../../../functions/src/domain/learning/expectancy.ts';
import { suggestRouting } from '../../../functions/src/domain/learning/suggest-routing.ts';
import { rankingOf, sizeFactorOf, sizeScoreOf, volatilityScale } from '../../../functions/src/domain/learning/symbol-score.ts';
import { takerBiasOf } from '../../../functions/src/domain/learning/taker-bias.ts';
import { tallyOf, tallyOfTrade } from '../../../functions/src/domain/learning/trade-tally.ts';
import type { RouterQuality, RouterRegime } from '../../../functions/src/schema/records/router-health.ts';
import type { RouterSetting } from '../../../functions/src/schema/records/router-suggestions.ts';
import type { ScoreInputs } from '../../../functions/src/schema/records/symbol-scores.ts';
import { aTrade } from '../../support/builders/a-trade.ts';
import { parsed, shippedFiles } from '../config/config-files.ts';
import { allocator, autotune, expectancyStats, symbolScoreV5, symbolScoreV6 } from './oracle-intel.ts';

const RUNS = { numRuns: 500, seed: 20_260_115 };
const PLACES = 9;

const cents = (min: number, max: number) => fc.integer({ min: min * 100, max: max * 100 }).map((units) => units / 100);
const ratio = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);

const resultsOf = (pnls: readonly number[]) => expectancyOf(tallyOf(pnls.map((netUsd) => tallyOfTrade(aTrade({ netUsd })))), 1);

const setting = (bias: number, offsetBps: number, makerFirst: boolean): RouterSetting => ({ bias, takerBias: takerBiasOf(bias), offsetBps, makerFirst });

const known = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const modeAt = (drawdown: number) => (drawdown >= 10 ? 'defensive' : drawdown >= 5 ? 'cautious' : 'normal');

const NOTHING_KNOWN: ScoreInputs = {
  expectancyBps: null, hitRate: null, sharpe: null, makerShare: null, fallbackRatio: null, slippageP50Bps: null, quality: 'insufficient_data', feeDrag: null, volatilityRatio: null, dayResultPct: null,
};

describe('expectancy equals the ancestor’s', () => {
  it('of any trades of which none broke even', () => {
    const pnl = cents(-50, 50).filter((value) => value !== 0);
    fc.assert(
      fc.property(fc.array(pnl, { minLength: 1, maxLength: 60 }), (pnls) => {
        const theirs = expectancyStats(pnls);
        const ours = resultsOf(pnls);
        expect(ours.expectancyUsd).toBeCloseTo(theirs.expectancy, PLACES);
        expect(ours.expectancyUsd).toBeCloseTo(theirs.avg_return, PLACES);
        expect(ours.hitRate).toBeCloseTo(theirs.hit_rate, PLACES);
        expect(ours.averageWinUsd ?? 0).toBeCloseTo(theirs.avg_win, PLACES);
        expect(ours.averageLossUsd ?? 0).toBeCloseTo(theirs.avg_loss, PLACES);
        expect(ours.expectancyPerRisk ?? ours.expectancyUsd).toBeCloseTo(theirs.expectancy_per_risk, PLACES);
        expect(ours.maxDrawdownUsd).toBeCloseTo(theirs.max_drawdown, PLACES);
        expect(ours.drawdownAdjustedUsd).toBeCloseTo(theirs.drawdown_adjusted, PLACES);
      }),
      RUNS,
    );
  });

  it('in its recorded vector but for the break-even trade, which counts: 10, -4, -6 and 0 come to 0, not to -1.25', () => {
    const pnls = [10, -4, -6, 0];
    expect(expectancyStats(pnls)).toMatchObject({ hit_rate: 0.25, avg_return: 0, avg_win: 10, avg_loss: -5, expectancy: -1.25, expectancy_per_risk: -0.25, max_drawdown: 10, drawdown_adjusted: -3.75 });
    expect(resultsOf(pnls)).toMatchObject({ hitRate: 0.25, expectancyUsd: 0, averageWinUsd: 10, averageLossUsd: -5, expectancyPerRisk: 0, maxDrawdownUsd: 10, drawdownAdjustedUsd: -2.5 });
  });

  it('per notional in its recorded vector: 10 on 1000 and -5 on 500 are a third of a percent', () => {
    const both = tallyOf([aTrade({ netUsd: 10, notionalUsd: 1000 }), aTrade({ netUsd: -5, notionalUsd: 500 })].map(tallyOfTrade));
    expect(expectancyOf(both, 1).expectancyBps).toBeCloseTo(33.333_333_333_3, PLACES);
  });
});

describe('the score that ranks equals the ancestor’s', () => {
  const RATIO_OF_SCALE = [[0.6, 0.75], [1, 1], [2, 0.5], [3, 0.25]] as const;

  it('of anything that is known', () => {
    fc.assert(
      fc.property(cents(-40, 40), ratio, ratio, ratio, cents(-2, 20), cents(0, 20), cents(-30, 30).filter((pnl) => pnl !== 0), fc.constantFrom(...RATIO_OF_SCALE), (expectancy, hit_rate, maker, fallback, slip_p50, fees, pnl, [volatilityRatio, volatility_scale]) => {
        const theirs = symbolScoreV6({ expectancy, hit_rate, maker, fallback, slip_p50, fees, pnl, volatility_scale });
        const ours = rankingOf({ ...NOTHING_KNOWN, expectancyBps: expectancy, hitRate: hit_rate, makerShare: maker, fallbackRatio: fallback, slippageP50Bps: slip_p50, feeDrag: Math.abs(fees / pnl), volatilityRatio });
        expect(ours.score).toBeCloseTo(theirs, PLACES);
      }),
      RUNS,
    );
  });

  it('in its recorded vectors', () => {
    const good = { ...NOTHING_KNOWN, expectancyBps: 2, hitRate: 0.6, makerShare: 0.7, fallbackRatio: 0.1, slippageP50Bps: 1 };
    expect(rankingOf(good).score).toBeCloseTo(0.548_478_423_367_95, 13);
    const bad = { ...NOTHING_KNOWN, expectancyBps: -4, hitRate: 0.4, makerShare: 0.2, fallbackRatio: 0.7, slippageP50Bps: 6, feeDrag: 0.3, volatilityRatio: 2 };
    const { score, ...parts } = rankingOf(bad);
    expect(score).toBe(0);
    expect(Object.values(parts).map((part) => part.toFixed(8))).toEqual(['0.33701786', '0.26894142', '0.30000000', '0.06000000', '0.50000000']);
  });

  it('steps of volatility leave three quarters, all, half and a quarter', () => {
    expect([0.69, 0.7, 1.49, 1.5, 2.49, 2.5, 0, null].map(volatilityScale)).toEqual([0.75, 1, 1, 0.5, 0.5, 0.25, 1, 1]);
  });
});

describe('the score that sizes equals the ancestor’s', () => {
  it('of anything that is known', () => {
    fc.assert(
      fc.property(cents(-3, 4), cents(0, 4), ratio, ratio, cents(0, 12), cents(-5, 3), (sharpe, atr_ratio, maker, fallback, slip_q50, dd) => {
        const ours = sizeScoreOf({ ...NOTHING_KNOWN, sharpe, volatilityRatio: atr_ratio, makerShare: maker, fallbackRatio: fallback, slippageP50Bps: slip_q50, dayResultPct: dd });
        expect(ours.sizeScore).toBeCloseTo(symbolScoreV5({ sharpe, atr_ratio, maker, fallback, slip_q50, dd }), PLACES);
      }),
      RUNS,
    );
  });

  it('in its recorded vector, and the factor without its jump: 0.55 in place of 0.5', () => {
    const inputs = { ...NOTHING_KNOWN, sharpe: -0.5, volatilityRatio: 2.6, makerShare: 0.3, fallbackRatio: 0.8, slippageP50Bps: 6, dayResultPct: -1.5 };
    const { sizeScore, ...parts } = sizeScoreOf(inputs);
    expect(sizeScore).toBeCloseTo(-1.5, PLACES);
    expect(Object.values(parts).map((part) => Number(part.toFixed(9)))).toEqual([-0.25, -0.3, -0.7, -0.25]);
    expect(sizeFactorOf(sizeScore, { min: 0.25, max: 2 })).toBeCloseTo(0.55, PLACES);
  });

  it('is neutral where nothing is known, where the ancestor’s was a quarter below', () => {
    expect(sizeFactorOf(sizeScoreOf(NOTHING_KNOWN).sizeScore, { min: 0.5, max: 1.5 })).toBe(1);
  });
});

describe('suggestions equal the ancestor’s', () => {
  const { autotune: bounds } = parsed(shippedFiles).intel;
  const quality = fc.constantFrom<RouterQuality>('good', 'ok', 'degraded', 'broken');
  const regime = fc.constantFrom<RouterRegime>('broken', 'fallback_heavy', 'slippage_hot', 'maker_strong', 'balanced');

  it('for any record, zeros included', () => {
    fc.assert(
      fc.property(ratio, cents(0, 9), fc.boolean(), quality, regime, ratio, known(cents(-6, 6)), known(ratio), known(ratio), (bias, offset, maker_first, q, r, fallback, expectancy, hit_rate, score) => {
        const theirs = autotune({ bias, offset, maker_first, quality: q, regime: r, fallback, expectancy, hit_rate, score });
        const { proposed } = suggestRouting(setting(bias, offset, maker_first), { metrics: { quality: q, regime: r, fallbackRatio: fallback }, expectancyBps: expectancy, hitRate: hit_rate, score }, bounds);
        expect(proposed.bias).toBeCloseTo(theirs.bias, PLACES);
        expect(proposed.offsetBps).toBeCloseTo(theirs.offset, PLACES);
        expect(proposed.makerFirst).toBe(theirs.maker_first);
      }),
      RUNS,
    );
  });

  it('in the recorded vector: fallback-heavy, degraded and losing moves 0.5 to 0.55 and 1.5 to 2.5', () => {
    const evidence = { metrics: { quality: 'degraded', regime: 'fallback_heavy', fallbackRatio: 0.7 }, expectancyBps: -2, hitRate: 0.4, score: 0.2 } as const;
    const { proposed, rationale } = suggestRouting(setting(0.5, 1.5, true), evidence, bounds);
    expect(proposed).toEqual({ bias: 0.55, takerBias: 'balanced', offsetBps: 2.5, makerFirst: true });
    expect(rationale).toEqual(['routes are degraded', 'many maker starts fall back to taker', 'results are bad']);
  });
});

describe('shares equal the ancestor’s', () => {
  const RULES = { minSamples: 1, minSizeFactor: 0.05, maxSymbolExposurePct: 10_000, maxTradeNavPct: 20, maxConcurrentPositions: 1 };

  it('of any symbols, in any mode', () => {
    const one = fc.record({ expectancy: cents(-10, 10), score: ratio, quality: fc.constantFrom<RouterQuality>('good', 'degraded', 'broken'), nav_cap: fc.integer({ min: 1, max: 100 }) });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 12 }), fc.constantFrom(0, 5, 10), (drawn, drawdown) => {
        const symbols = drawn.map((drawnOne, index) => ({ ...drawnOne, symbol: `S${index}USDT` }));
        const ours = allocate(
          symbols.map(({ symbol, expectancy, score, quality, nav_cap }) => ({ symbol, samples: 300, expectancyBps: expectancy, score, quality, maxExposurePct: nav_cap })),
          modeAt(drawdown), RULES,
        );
        for (const { symbol, weight, nav_cap, trade_cap } of allocator(symbols, drawdown, 20)) {
          expect(ours[symbol]?.weight).toBeCloseTo(weight, 5);
          expect(ours[symbol]?.suggestedMaxExposurePct).toBeCloseTo(nav_cap, PLACES);
          expect(ours[symbol]?.suggestedMaxTradeNavPct).toBeCloseTo(trade_cap, PLACES);
        }
      }),
      RUNS,
    );
  });

  it('in the recorded vector, of a drawdown of 6 %', () => {
    const first = { symbol: 'AUSDT', samples: 300, expectancyBps: 6, score: 0.85, quality: 'good', maxExposurePct: 25 } as const;
    const second = { symbol: 'BUSDT', samples: 300, expectancyBps: 1, score: 0.3, quality: 'degraded', maxExposurePct: 20 } as const;
    const { AUSDT, BUSDT } = allocate([first, second], modeAt(6), RULES);
    const shown = [AUSDT, BUSDT].map((one) => [one?.weight.toFixed(5), one?.suggestedMaxExposurePct.toFixed(4), one?.suggestedMaxTradeNavPct.toFixed(4), one?.suggestedMaxConcurrentPositions]);
    expect(shown).toEqual([['0.53777', '24.0324', '18.6694', 1], ['0.11223', '14.7741', '15.3306', 0]]);
  });
});
