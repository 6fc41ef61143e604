import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from '../../../functions/src/domain/learning/allocate.ts';
import type { Candidate } from '../../../functions/src/domain/learning/allocate.ts';
import { applySuggestions } from '../../../functions/src/domain/learning/apply-suggestions.ts';
import { learningDayOf, talliedWindow } from '../../../functions/src/domain/learning/learning-days.ts';
import { lessonsOf } from '../../../functions/src/domain/learning/lessons.ts';
import type { LessonSource } from '../../../functions/src/domain/learning/lessons.ts';
import { sizeMultipliers } from '../../../functions/src/domain/learning/size-multipliers.ts';
import { followedBy, tallyOf, tallyOfTrade } from '../../../functions/src/domain/learning/trade-tally.ts';
import { withAutotune } from '../../../functions/src/domain/learning/with-autotune.ts';
import { expectancyState } from '../../../functions/src/schema/records/expectancy-state.ts';
import { tradeTally } from '../../../functions/src/schema/records/learning-day.ts';
import { riskAllocation } from '../../../functions/src/schema/records/risk-allocation.ts';
import type { RiskMode } from '../../../functions/src/schema/records/risk-allocation.ts';
import { routerApplied } from '../../../functions/src/schema/records/router-applied.ts';
import type { RouterApplied } from '../../../functions/src/schema/records/router-applied.ts';
import type { RouterMetrics, RouterQuality, RouterRegime, TakerBias } from '../../../functions/src/schema/records/router-health.ts';
import { routerSuggestions } from '../../../functions/src/schema/records/router-suggestions.ts';
import { symbolScores } from '../../../functions/src/schema/records/symbol-scores.ts';
import { aTrade, routed, someMetrics } from '../../support/builders/a-trade.ts';
import { aSetting, aSuggestion, suggestionsOf } from '../../support/builders/learned-records.ts';
import { parsed, shippedFiles } from '../../unit/config/config-files.ts';
import { aNav, NOW } from '../../unit/domain/risk/scenario.ts';

const RUNS = { numRuns: 200, seed: 20_260_115 };
const SHIPPED = parsed(shippedFiles);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ALL_ON = { intel: true, riskEngineShadow: false, pipelineShadow: false, routerAutotune: true, feedbackAllocator: true, routerAutotuneApply: true };

const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'] as const;
const ratio = fc.double({ min: 0, max: 1, noNaN: true });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

/** From dust to fortunes, break-even included. */
const result = fc.oneof(fc.constant(0), fc.integer({ min: -100_000_000, max: 100_000_000 }).map((units) => units / 100), fc.constantFrom(1e-8, -1e-8));
const trade = fc
  .record({ netUsd: result, notionalUsd: fc.constantFrom(0.01, 5, 1000, 1e9), feesUsd: fc.constantFrom(-1, 0, 0.5, 100), symbol: fc.constantFrom(...symbols), closedAt: fc.integer({ min: NOW - 5 * DAY_MS, max: NOW }) })
  .map((of) => aTrade({ ...of, openedAt: of.closedAt - 1 }));

const quality = fc.constantFrom<RouterQuality>('good', 'ok', 'degraded', 'broken', 'insufficient_data');
const metrics: fc.Arbitrary<RouterMetrics> = fc
  .record({
    samples: fc.constantFrom(0, 199, 200, 5000), isWarmup: fc.boolean(), makerShare: maybe(ratio), fallbackRatio: maybe(ratio), slippageP50Bps: maybe(fc.double({ min: -50, max: 50, noNaN: true })), quality,
    regime: fc.constantFrom<RouterRegime>('broken', 'fallback_heavy', 'slippage_hot', 'maker_strong', 'balanced', 'insufficient_data'), takerBias: fc.constantFrom<TakerBias>('prefer_maker', 'balanced', 'prefer_taker'),
    offsetBps: fc.double({ min: 0, max: 20, noNaN: true }), makerFirst: fc.boolean(),
  })
  .map((of) => someMetrics(of));

describe('tallies', () => {
  it('of two stretches add up to the tally of both, wherever the cut is', () => {
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 40 }), fc.nat(40), (trades, cut) => {
        const tallies = trades.map(tallyOfTrade);
        const whole = tallyOf(tallies);
        const joined = followedBy(tallyOf(tallies.slice(0, cut)), tallyOf(tallies.slice(cut)));
        expect(tradeTally.safeParse(whole).error).toBeUndefined();
        for (const key of tradeTally.keyof().options) {
          const scale = Math.max(1, Math.abs(whole[key]), whole.wonUsd, -whole.lostUsd, Math.abs(whole.meanReturn));
          expect(Math.abs(joined[key] - whole[key]) / scale).toBeLessThan(1e-9);
        }
      }),
      RUNS,
    );
  });
});

const config = { ...SHIPPED, intel: { ...SHIPPED.intel, minSamples: 5, apply: { ...SHIPPED.intel.apply, symbols: [...symbols] } } };

/** Days, router and NAV of some trades; `keys` is the order in which the symbols are named. */
function sourceOf(trades: readonly ReturnType<typeof aTrade>[], ofSymbol: Readonly<Record<string, RouterMetrics>>, drawdownPct: string, keys: readonly string[] = symbols): LessonSource {
  const byDay = Map.groupBy(trades, ({ closedAt }) => new Date(closedAt).toISOString().slice(0, 10).replaceAll('-', ''));
  const days = [...byDay].map(([day, some]) => learningDayOf(day, some.map((one) => routed(one)), NOW, NOW)).toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const named = Object.fromEntries(keys.flatMap((symbol) => (ofSymbol[symbol] === undefined ? [] : [[symbol, { ...ofSymbol[symbol], symbol }]])));
  return { window: days, health: { summary: '', windowDays: 7, symbols: named, routesReadUntilAt: NOW, computedAt: NOW }, nav: aNav({ drawdownPct }), applied: null };
}

const metricsBySymbol = fc.record({ BTCUSDT: metrics, ETHUSDT: metrics });
const drawdown = fc.constantFrom('0', '5', '25');

describe('all that is learned', () => {
  it('is a valid record without a number that is not finite, whatever the trades', () => {
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 40 }), metricsBySymbol, drawdown, (trades, ofSymbol, drawdownPct) => {
        const lessons = lessonsOf(sourceOf(trades, ofSymbol, drawdownPct), ALL_ON, config, NOW);
        expect(expectancyState.safeParse(lessons.expectancy).error).toBeUndefined();
        expect(symbolScores.safeParse(lessons.scores).error).toBeUndefined();
        expect(routerSuggestions.safeParse(lessons.suggestions).error).toBeUndefined();
        expect(routerApplied.safeParse(lessons.applied).error).toBeUndefined();
        expect(riskAllocation.safeParse(lessons.allocation).error).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('is the same whatever order trades, days and symbols are named in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(trade, { maxLength: 30, selector: ({ closedAt }) => closedAt }), metricsBySymbol, drawdown, (trades, ofSymbol, drawdownPct) => {
        const there = lessonsOf(sourceOf(trades, ofSymbol, drawdownPct), ALL_ON, config, NOW);
        const back = lessonsOf(sourceOf(trades.toReversed(), ofSymbol, drawdownPct, symbols.toReversed()), ALL_ON, config, NOW);
        expect(JSON.stringify(back)).toBe(JSON.stringify(there));
      }),
      RUNS,
    );
  });

  it('reaches a size only within the configured bounds', () => {
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 40 }), metricsBySymbol, drawdown, fc.constantFrom(...symbols, 'DOGEUSDT'), (trades, ofSymbol, drawdownPct, symbol) => {
        const { expectancy, scores, allocation } = lessonsOf(sourceOf(trades, ofSymbol, drawdownPct), ALL_ON, config, NOW);
        const reading = allocation === null ? null : { health: 'fresh' as const, riskMode: allocation.riskMode, symbols: allocation.symbols };
        for (const { name, factor } of sizeMultipliers({ expectancy, scores, allocation: reading }, config.intel, symbol)) {
          const { min, max } = name === 'symbol_score' ? config.intel.sizeFactor : { min: config.intel.allocator.minSizeFactor, max: 1 };
          expect(factor).toBeGreaterThanOrEqual(min);
          expect(factor).toBeLessThanOrEqual(max);
        }
      }),
      RUNS,
    );
  });
});

describe('weights', () => {
  const candidate: fc.Arbitrary<Omit<Candidate, 'symbol'>> = fc.record({
    samples: fc.nat(400), expectancyBps: maybe(fc.double({ min: -1e6, max: 1e6, noNaN: true })), score: maybe(ratio), quality, maxExposurePct: fc.double({ min: 1, max: 100, noNaN: true }),
  });

  it('add up to at most 1, and less the worse the risk mode', () => {
    const rules = { minSamples: 200, minSizeFactor: 0.5, maxSymbolExposurePct: 40, maxTradeNavPct: 10, maxConcurrentPositions: 2 };
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 30 }), (drawn) => {
        const candidates = drawn.map((one, index) => ({ ...one, symbol: `S${index}USDT` }));
        const total = (mode: RiskMode) => Object.values(allocate(candidates, mode, rules)).reduce((sum, { weight }) => sum + weight, 0);
        const [normal, cautious, defensive] = [total('normal'), total('cautious'), total('defensive')];
        expect(normal).toBeLessThanOrEqual(0.9 + 1e-9);
        expect(cautious <= normal && defensive <= cautious).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('auto-tune', () => {
  it('stays within its shifts over any sequence of suggestions, and steps no oftener than it may', () => {
    const { maxBiasShift, maxOffsetShiftBps, minGapHours, maxStepsPerDay } = config.intel.apply;
    const step = fc.record({ bias: ratio, offsetBps: fc.double({ min: 0, max: 20, noNaN: true }), afterMinutes: fc.integer({ min: 1, max: 900 }), riskMode: fc.constantFrom<RiskMode>('normal', 'cautious', 'defensive'), quality });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), quality, fc.double({ min: 0, max: 12, noNaN: true }), (steps, ofPolicy, offsetBps) => {
        let before: RouterApplied | null = null;
        let asOf = NOW;
        const changedAt: number[] = [];
        for (const { afterMinutes, riskMode, ...one } of steps) {
          asOf += afterMinutes * 60_000;
          const suggestion = aSuggestion({ quality: one.quality, proposed: aSetting({ bias: one.bias, offsetBps: one.offsetBps }) });
          before = applySuggestions({ before, suggestions: suggestionsOf({ BTCUSDT: suggestion }), riskMode, intel: config.intel, asOf });
          const tuning = before.symbols['BTCUSDT'];
          if (tuning?.lastStepAt === asOf) changedAt.push(asOf);
          expect(Math.abs(tuning?.biasShift ?? 0)).toBeLessThanOrEqual(maxBiasShift);
          expect(Math.abs(tuning?.offsetShiftBps ?? 0)).toBeLessThanOrEqual(maxOffsetShiftBps);
        }
        expect(changedAt.every((at, index) => index === 0 || at - (changedAt[index - 1] ?? 0) >= minGapHours * HOUR_MS)).toBe(true);
        expect(Math.max(0, ...[...Map.groupBy(changedAt, (at) => Math.floor(at / DAY_MS)).values()].map((some) => some.length))).toBeLessThanOrEqual(maxStepsPerDay);
        const policy = { quality: ofPolicy, makerFirst: true, takerBias: 'balanced', offsetBps, source: 'routerHealth', reason: '' } as const;
        const tuned = withAutotune(policy, before, 'BTCUSDT', config.intel.autotune, asOf);
        const { minOffsetBps, maxOffsetBps } = config.intel.autotune;
        expect(tuned.offsetBps === offsetBps || (tuned.offsetBps >= Math.min(minOffsetBps, offsetBps) && tuned.offsetBps <= Math.max(maxOffsetBps, offsetBps))).toBe(true);
      }),
      RUNS,
    );
  });

  it('of a window without trades learns nothing', () => {
    expect(talliedWindow([]).overall.trades).toBe(0);
    const lessons = lessonsOf({ window: [], health: null, nav: null, applied: null }, ALL_ON, config, NOW);
    expect([lessons.expectancy?.isWarmup, lessons.scores?.symbols, lessons.suggestions?.symbols, lessons.applied?.symbols, lessons.allocation?.riskMode]).toEqual([true, {}, {}, {}, 'cautious']);
  });
});
