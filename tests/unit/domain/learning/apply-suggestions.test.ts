import { describe, expect, it } from 'vitest';
import { applySuggestions } from '../../../../functions/src/domain/learning/apply-suggestions.ts';
import type { ApplyInput } from '../../../../functions/src/domain/learning/apply-suggestions.ts';
import { routerSuggestionsOf } from '../../../../functions/src/domain/learning/router-suggestions.ts';
import { withAutotune } from '../../../../functions/src/domain/learning/with-autotune.ts';
import type { IntelConfig } from '../../../../functions/src/schema/config/intel-config.ts';
import { routerApplied } from '../../../../functions/src/schema/records/router-applied.ts';
import type { RouterApplied } from '../../../../functions/src/schema/records/router-applied.ts';
import type { RoutingPolicy } from '../../../../functions/src/schema/records/route-record.ts';
import type { RouterSuggestion } from '../../../../functions/src/schema/records/router-suggestions.ts';
import { someMetrics } from '../../../support/builders/a-trade.ts';
import { aSetting, aSuggestion, aTuning, appliedOf, suggestionsOf } from '../../../support/builders/learned-records.ts';
import { parsed, shippedFiles } from '../../config/config-files.ts';
import { NOW } from '../risk/scenario.ts';

const SHIPPED = parsed(shippedFiles).intel;
const HOUR_MS = 3_600_000;

const intelWith = (apply: Partial<IntelConfig['apply']> = {}): IntelConfig => ({ ...SHIPPED, apply: { ...SHIPPED.apply, symbols: ['BTCUSDT'], ...apply } });

interface Given extends Partial<Pick<ApplyInput, 'before' | 'riskMode' | 'asOf'>> {
  readonly suggestion?: RouterSuggestion | null;
  readonly apply?: Partial<IntelConfig['apply']>;
}

function applied({ suggestion = aSuggestion(), apply = {}, before = null, riskMode = 'cautious', asOf = NOW }: Given = {}): RouterApplied {
  const suggestions = suggestionsOf(suggestion === null ? {} : { BTCUSDT: suggestion, ETHUSDT: aSuggestion() });
  const result = applySuggestions({ before, suggestions, riskMode, intel: intelWith(apply), asOf });
  expect(routerApplied.parse(result)).toEqual(result);
  return result;
}

describe('a suggestion', () => {
  it('is applied to the symbols on the list and to nobody else', () => {
    const { symbols, summary } = applied();
    expect(symbols).toEqual({ BTCUSDT: aTuning({ reason: 'results are weak' }) });
    expect(summary).toBe('changed: BTCUSDT');
    expect(applied({ apply: { symbols: [] } }).symbols).toEqual({});
  });

  it.each<[string, Given, string]>([
    ['there is none', { suggestion: null }, 'no suggestion'],
    ['it is warming up', { suggestion: aSuggestion({ isWarmup: true, warmupReason: 'too few' }) }, 'warming up: too few'],
    ['the risk mode is defensive', { riskMode: 'defensive' }, 'risk mode is defensive'],
    ['routes are degraded', { suggestion: aSuggestion({ quality: 'degraded' }) }, 'quality of routes is degraded'],
    ['routes are not known', { suggestion: aSuggestion({ quality: 'insufficient_data' }) }, 'quality of routes is insufficient_data'],
    ['it proposes what is', { suggestion: aSuggestion({ proposed: aSetting() }) }, 'nothing to change within the bounds'],
  ])('is not applied when %s', (_, given, why) => {
    const { symbols, refusals } = applied(given);
    expect(symbols).toEqual({});
    expect(refusals).toEqual({ BTCUSDT: why });
  });

  it('is applied in one step, however far it goes', () => {
    expect(applied({ suggestion: aSuggestion({ proposed: aSetting({ bias: 1, offsetBps: 8 }) }) }).symbols['BTCUSDT']).toMatchObject({ biasShift: 0.05, offsetShiftBps: 1 });
    expect(applied({ suggestion: aSuggestion({ proposed: aSetting({ bias: 0, offsetBps: 0.5 }) }) }).symbols['BTCUSDT']).toMatchObject({ biasShift: -0.05, offsetShiftBps: -1 });
  });

  it('waits for the time between two steps, to the millisecond', () => {
    const before = appliedOf({ BTCUSDT: aTuning({ lastStepAt: NOW - 6 * HOUR_MS + 1 }) });
    expect(applied({ before })).toMatchObject({ symbols: before.symbols, refusals: { BTCUSDT: 'less than 6 hours since the last change' } });
    expect(applied({ before, asOf: NOW + 1 }).symbols['BTCUSDT']).toMatchObject({ biasShift: 0.1, offsetShiftBps: 1, stepsOnDay: 2, lastStepAt: NOW + 1 });
  });

  it('is not applied more often than a day may have, and again on the next', () => {
    const before = appliedOf({ BTCUSDT: aTuning({ lastStepAt: NOW - 8 * HOUR_MS, stepsOnDay: 2 }) });
    expect(applied({ before }).refusals).toEqual({ BTCUSDT: '2 changes today already' });
    expect(applied({ before, asOf: NOW + 12 * HOUR_MS }).symbols['BTCUSDT']).toMatchObject({ day: '20260116', stepsOnDay: 1, biasShift: 0.1 });
  });

  it('never moves a symbol past the bound of all steps together', () => {
    let before: RouterApplied | null = null;
    for (let step = 0; step < 10; step += 1) before = applied({ before, asOf: NOW + step * 24 * HOUR_MS });
    expect(before?.symbols['BTCUSDT']).toMatchObject({ biasShift: 0.25, offsetShiftBps: 2 });
  });

  it('flips post-only starts only where that is allowed and the risk mode is normal', () => {
    const suggestion = aSuggestion({ proposed: aSetting({ bias: 0.55, makerFirst: false }) });
    const flipOf = (allowMakerFlip: boolean, riskMode: ApplyInput['riskMode']) => applied({ suggestion, riskMode, apply: { allowMakerFlip } }).symbols['BTCUSDT']?.makerFirst;
    expect([flipOf(true, 'normal'), flipOf(true, 'cautious'), flipOf(false, 'normal')]).toEqual([false, null, null]);
  });

  it('that was applied is kept while nothing changes, and lost when its symbol leaves the list', () => {
    const before = appliedOf({ BTCUSDT: aTuning(), ETHUSDT: aTuning() });
    expect(applied({ before, riskMode: 'defensive' }).symbols).toEqual({ BTCUSDT: aTuning() });
  });
});

/** A record of BTCUSDT that has been tuned by one step. */
const tunedSource = (metrics = someMetrics({ regime: 'fallback_heavy' })) => ({ health: { summary: '', windowDays: 7, symbols: { BTCUSDT: metrics }, routesReadUntilAt: NOW, computedAt: NOW }, expectancy: null, scores: null, applied: appliedOf({ BTCUSDT: aTuning() }) });
const suggestedOf = (samples: number) => routerSuggestionsOf(tunedSource(someMetrics({ samples, regime: 'fallback_heavy' })), SHIPPED, NOW).symbols['BTCUSDT'];

describe('suggestions build on what was applied', () => {
  it('so that steps add up', () => {
    const suggestion = routerSuggestionsOf(tunedSource(), SHIPPED, NOW).symbols['BTCUSDT'];
    expect(suggestion?.current).toEqual(aSetting({ bias: 0.55, offsetBps: 2.5 }));
    expect(suggestion?.proposed.bias).toBeCloseTo(0.5875, 9);
    expect(suggestion?.rationale).toEqual(['many maker starts fall back to taker']);
  });

  it('and suggest nothing of 199 routes, but of 200', () => {
    expect(suggestedOf(199)).toMatchObject({ isWarmup: true, proposed: suggestedOf(199)?.current, rationale: ['199 of the 200 samples of intel.json:minSamples'] });
    expect(suggestedOf(200)?.proposed).not.toEqual(suggestedOf(200)?.current);
  });
});

describe('withAutotune', () => {
  const policy: RoutingPolicy = { quality: 'ok', makerFirst: true, takerBias: 'balanced', offsetBps: 2, source: 'routerHealth', reason: 'ok' };
  const tuned = (tuning: Parameters<typeof aTuning>[0], changes: Partial<RoutingPolicy> = {}, asOf = NOW) =>
    withAutotune({ ...policy, ...changes }, appliedOf({ BTCUSDT: aTuning(tuning) }), 'BTCUSDT', SHIPPED.autotune, asOf);

  it('leaves a policy as it is without a record, for another symbol, and once the record has run out', () => {
    expect(withAutotune(policy, null, 'BTCUSDT', SHIPPED.autotune, NOW)).toBe(policy);
    expect(withAutotune(policy, appliedOf({ BTCUSDT: aTuning() }), 'ETHUSDT', SHIPPED.autotune, NOW)).toBe(policy);
    expect(tuned({}, {}, NOW + 2_700_000)).toEqual(policy);
    expect(tuned({}, {}, NOW + 2_699_999).source).toBe('autotune');
  });

  it.each(['degraded', 'broken', 'insufficient_data'] as const)('leaves a policy of %s quality as it is', (quality) => {
    expect(tuned({}, { quality })).toEqual({ ...policy, quality });
  });

  it('moves the offset and says why', () => {
    expect(tuned({})).toEqual({ ...policy, offsetBps: 2.5, source: 'autotune', reason: 'ok; auto-tune moved bias by 0.05 and offset by 0.5 bps after 250 routes' });
  });

  it('changes the leaning once the steps have added up', () => {
    expect([0.1, 0.15, -0.1, -0.15].map((biasShift) => tuned({ biasShift }).takerBias)).toEqual(['balanced', 'prefer_taker', 'balanced', 'prefer_maker']);
  });

  it('never moves past the bounds, and never moves further what is past them already', () => {
    expect(tuned({ offsetShiftBps: -2 }).offsetBps).toBe(0.5);
    expect(tuned({ offsetShiftBps: 2 }, { offsetBps: 7 }).offsetBps).toBe(8);
    expect(tuned({ offsetShiftBps: -1 }, { offsetBps: 0 }).offsetBps).toBe(0);
    expect(tuned({ offsetShiftBps: 1 }, { offsetBps: 9 }).offsetBps).toBe(9);
  });

  it('switches post-only starts only where a change has said so', () => {
    expect([tuned({ makerFirst: null }).makerFirst, tuned({ makerFirst: false }).makerFirst]).toEqual([true, false]);
  });
});
