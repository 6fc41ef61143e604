import { describe, expect, it } from 'vitest';
import { expectancyOf } from '../../../../functions/src/domain/learning/expectancy.ts';
import { NO_TRADES, tallyOf, tallyOfTrade } from '../../../../functions/src/domain/learning/trade-tally.ts';
import { warmupOf } from '../../../../functions/src/domain/learning/warmup.ts';
import { expectancy } from '../../../../functions/src/schema/records/expectancy-state.ts';
import { aTrade } from '../../../support/builders/a-trade.ts';
import { resultsOf } from '../../../support/builders/learned-records.ts';

describe('a statistic', () => {
  it('of 199 samples is a warm-up that says why, of 200 it is none', () => {
    expect(warmupOf(199, 200)).toEqual({ samples: 199, isWarmup: true, warmupReason: '199 of the 200 samples of intel.json:minSamples' });
    expect(warmupOf(200, 200)).toEqual({ samples: 200, isWarmup: false, warmupReason: null });
    expect([resultsOf(199, 1).isWarmup, resultsOf(200, 1).isWarmup]).toEqual([true, false]);
  });
});

const scaled = (scale: number) => expectancyOf(tallyOf([10, -5].map((netUsd) => tallyOfTrade(aTrade({ netUsd: netUsd * scale, notionalUsd: 1000 * scale })))), 1);

describe('expectancyOf', () => {
  it('of no trades tells nothing and divides by nothing', () => {
    const none = expectancyOf(NO_TRADES, 1);
    expect(expectancy.parse(none)).toEqual(none);
    expect(none).toMatchObject({
      samples: 0, isWarmup: true, hitRate: null, expectancyUsd: null, expectancyBps: null, averageWinUsd: null, averageLossUsd: null, expectancyPerRisk: null,
      drawdownAdjustedUsd: null, sharpe: null, feeDrag: null, maxDrawdownUsd: 0, netPnlUsd: 0,
    });
  });

  it('per notional is the same for trades of any size', () => {
    expect(scaled(1).expectancyBps).toBeCloseTo(25, 9);
    expect(scaled(100).expectancyBps).toBeCloseTo(25, 9);
    expect(scaled(100).expectancyUsd).toBeCloseTo(250, 9);
  });

  it('has no Sharpe ratio where all returns are the same, and that of the population where they are not', () => {
    expect(resultsOf(300, 0.1).sharpe).toBeNull();
    const returns = tallyOf([30, 10].map((netUsd) => tallyOfTrade(aTrade({ netUsd }))));
    expect(expectancyOf(returns, 1).sharpe).toBeCloseTo(0.02 / 0.01, 9);
  });

  it('sets fees against what the trades brought before them', () => {
    const trades = [aTrade({ netUsd: 9, feesUsd: 1 }), aTrade({ netUsd: -7, feesUsd: 2 })];
    expect(expectancyOf(tallyOf(trades.map(tallyOfTrade)), 1).feeDrag).toBeCloseTo(3 / 5, 9);
  });
});
