import { describe, expect, it } from 'vitest';
import { learningDayId, learningDayOf, startOfLearningDay, talliedWindow, windowDays } from '../../../../functions/src/domain/learning/learning-days.ts';
import { regimesOf } from '../../../../functions/src/domain/learning/route-regimes.ts';
import { netPnlUsd } from '../../../../functions/src/domain/learning/trade-tally.ts';
import { learningDay } from '../../../../functions/src/schema/records/learning-day.ts';
import type { TradeTally } from '../../../../functions/src/schema/records/learning-day.ts';
import type { RouteRecord } from '../../../../functions/src/schema/records/route-record.ts';
import { TRADED_AT, aRoute, aTrade, routed } from '../../../support/builders/a-trade.ts';

const DAY = '20260115';
const dayOf = (...trades: Parameters<typeof aTrade>[0][]) => learningDayOf(DAY, trades.map((of) => routed(aTrade(of))), TRADED_AT, TRADED_AT);
const netOf = (tallies: Readonly<Record<string, TradeTally>>) => Object.fromEntries(Object.entries(tallies).map(([key, tally]) => [key, netPnlUsd(tally)]));

describe('a day of trades', () => {
  it('is summed up by symbol, by strategy, and by the hour in which the position was opened', () => {
    const day = dayOf(
      { netUsd: 5 },
      { netUsd: -2, symbol: 'ETHUSDT', strategy: null, openedAt: TRADED_AT - 4 * 3_600_000 },
      { netUsd: 0, symbol: 'ETHUSDT' },
    );
    expect(learningDay.parse(day)).toEqual(day);
    expect(day.overall).toMatchObject({ trades: 3, wins: 1, losses: 1 });
    expect(netOf(day.bySymbol)).toEqual({ BTCUSDT: 5, ETHUSDT: -2 });
    expect(netOf(day.byStrategy)).toEqual({ 'none': -2, 'zscore-5m': 5 });
    expect(netOf(day.byHourUtc)).toEqual({ '08': -2, '11': 5 });
    expect(day.byHourUtc['11']?.trades).toBe(2);
  });

  it('is the same whatever order its trades come in', () => {
    const trades = [9, -7, 3, -8, 2].map((netUsd, index) => routed(aTrade({ netUsd, closedAt: TRADED_AT + index, openedAt: index })));
    const day = learningDayOf(DAY, trades, 0, 0);
    expect(learningDayOf(DAY, trades.toReversed(), 0, 0)).toEqual(day);
    expect(day.overall.maxDrawdownUsd).toBe(12);
  });

  it('is added to the days around it, in their order, whatever order they come in', () => {
    const first = { ...dayOf({ netUsd: 10 }, { netUsd: -4, closedAt: TRADED_AT + 1 }), day: '20260114' };
    const second = dayOf({ netUsd: -9 }, { netUsd: 1, symbol: 'ETHUSDT', closedAt: TRADED_AT + 1 });
    const window = talliedWindow([second, first]);
    expect(window).toEqual(talliedWindow([first, second]));
    expect(netOf(window.bySymbol)).toEqual({ BTCUSDT: -3, ETHUSDT: 1 });
    expect(window.overall).toMatchObject({ trades: 4, maxDrawdownUsd: 13, peakUsd: 10, troughUsd: -3 });
  });

  it('has an id that names it, and a window of whole days ends with today', () => {
    expect(learningDayId(TRADED_AT)).toBe(DAY);
    expect(learningDayId(startOfLearningDay(DAY))).toBe(DAY);
    expect(learningDayId(startOfLearningDay(DAY) - 1)).toBe('20260114');
    expect(windowDays(TRADED_AT, 2)).toEqual(['20260113', '20260114', '20260115']);
  });
});

describe('the regimes of an entry', () => {
  it.each<[string, RouteRecord | null, readonly string[]]>([
    ['filled by its maker order', aRoute(), ['maker_success', 'slip_low', 'policy_good', 'bias_prefer_maker']],
    ['that fell back to taker', aRoute({ route: 'mixed', usedFallback: true, slippageBps: 5 }), ['maker_attempt', 'fallback', 'slip_med', 'policy_good', 'bias_prefer_maker']],
    ['that went straight to taker', aRoute({ startedMaker: false, route: 'taker', slippageBps: 5.1 }), ['slip_high', 'policy_good', 'bias_prefer_maker']],
    ['whose slippage is not known', aRoute({ slippageBps: null }), ['maker_success', 'policy_good', 'bias_prefer_maker']],
    ['that was not ours', null, ['unrouted']],
  ])('%s', (_, route, tags) => {
    expect(regimesOf(route)).toEqual(tags);
  });
});
