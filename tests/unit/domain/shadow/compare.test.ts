import { describe, expect, it } from 'vitest';
import { compareSummaryOf, slippageDeltaBps } from '../../../../functions/src/domain/shadow/compare.ts';
import type { Executions } from '../../../../functions/src/domain/shadow/compare.ts';
import type { ShadowJudgement, ShadowPair, ShadowRecord } from '../../../../functions/src/schema/records/shadow.ts';
import { aPolicy } from '../../../support/builders/a-policy.ts';
import { anEndedAttempt } from '../../../support/builders/an-intent.ts';
import { NOW } from '../risk/scenario.ts';

const ordered = (notionalUsd: string): ShadowJudgement => ({ outcome: 'intent', reason: null, codes: [], notionalUsd });
const refused = (...codes: string[]): ShadowJudgement => ({ outcome: 'vetoed', reason: codes[0] ?? null, codes, notionalUsd: '1000' });

const aPair = (changes: Partial<ShadowPair> = {}): ShadowPair => ({
  intentId: 'mine', symbol: 'BTCUSDT', strategy: 'zscore-5m', positionSide: 'long', action: 'enter', live: ordered('1000'), riskEngine: ordered('1000'), pipeline: ordered('1000'), halfSpreadBps: 2, route: { leg: 'maker', offsetBps: 0 }, ...changes,
});
const recordOf = (...pairs: ShadowPair[]): ShadowRecord => ({ summary: '', tickId: 't', shadowConfigHash: 'hash', pairs, decidedAt: NOW, expireAt: NOW + 1 });
const summaryOf = (...pairs: ShadowPair[]) => compareSummaryOf([recordOf(...pairs)], new Map(), 200, NOW);

describe('a comparison', () => {
  it('counts a signal that one side alone turned into an order, and why the shadow refused', () => {
    const { pipeline, riskEngine } = summaryOf(aPair(), aPair({ pipeline: refused('tier_cap', 'wide_spread') }), aPair({ live: refused('cooldown') }), aPair({ live: refused('cooldown'), pipeline: refused('cooldown') }));
    expect(pipeline).toMatchObject({ samples: 4, mismatchPct: 50, onlyLive: 1, onlyShadow: 1, shadowOnlyCodes: { tier_cap: 1, wide_spread: 1 } });
    expect(riskEngine).toMatchObject({ samples: 4, mismatchPct: 50, onlyLive: 0, onlyShadow: 2 });
  });

  it('names what came of the signal where no check refused it', () => {
    const { pipeline } = summaryOf(aPair({ pipeline: { outcome: 'noSignal', reason: null, codes: [], notionalUsd: null } }), aPair({ pipeline: { outcome: 'abstained', reason: 'atr_regime', codes: [], notionalUsd: null } }));
    expect(pipeline.shadowOnlyCodes).toEqual({ noSignal: 1, atr_regime: 1 });
  });

  it('takes sizes where both ordered, in percent of the live one', () => {
    const { pipeline } = summaryOf(aPair({ pipeline: ordered('500') }), aPair({ pipeline: ordered('1100') }), aPair({ pipeline: refused('tier_cap') }));
    expect(pipeline.sizeDeltaPct).toEqual({ samples: 2, mean: -20, p50: -20, p95: 7 });
  });

  it('leaves out a side that was not judged', () => {
    expect(summaryOf(aPair({ riskEngine: null })).riskEngine).toMatchObject({ samples: 0, mismatchPct: null, sizeDeltaPct: { samples: 0, mean: null, p50: null, p95: null } });
  });

  it.each([[199, true, '199 of the 200 samples of intel.json:minSamples'], [200, false, null]])('of %i signals is a warm-up: %s', (signals, isWarmup, warmupReason) => {
    expect(summaryOf(...Array.from({ length: signals }, () => aPair())).pipeline).toMatchObject({ samples: signals, isWarmup, warmupReason });
  });

  it('of no records has nothing to compare', () => {
    expect(compareSummaryOf([], new Map(), 200, NOW)).toMatchObject({ summary: 'risk engine: nothing to compare, warming up; pipeline: nothing to compare, warming up', shadowConfigHash: null });
  });
});

/** Half a spread is 2 basis points; `makerQty` of 10 rested. */
const executed = (leg: 'maker' | 'taker', makerQty: string, offsetBps = 0): Executions =>
  new Map([['mine', { executedQty: '10', makerQty, policy: aPolicy({ offsetBps }), attempts: [anEndedAttempt({ leg })] }]]);

describe('the slippage of the shadow less the live one', () => {
  it.each([
    ['the same start', { leg: 'maker', offsetBps: 0 }, executed('maker', '10'), 0],
    ['taken where the live order rested whole', { leg: 'taker', offsetBps: 0 }, executed('maker', '10'), 4],
    ['taken where half of it rested', { leg: 'taker', offsetBps: 0 }, executed('maker', '5'), 2],
    ['taken where none of it rested', { leg: 'taker', offsetBps: 0 }, executed('maker', '0'), 0],
    ['resting further behind', { leg: 'maker', offsetBps: 3 }, executed('maker', '10'), -3],
    ['resting closer than the live order did', { leg: 'maker', offsetBps: 1 }, executed('maker', '5', 3), 1],
    ['taken as the live order was', { leg: 'taker', offsetBps: 0 }, executed('taker', '0'), 0],
    ['resting where the live order was taken: nobody knows', { leg: 'maker', offsetBps: 0 }, executed('taker', '0'), null],
    ['an order that has not ended', { leg: 'maker', offsetBps: 0 }, new Map(), null],
    ['an unjudged route', null, executed('maker', '10'), null],
  ] as const)('%s', (_what, route, executions, expected) => {
    expect(slippageDeltaBps({ ...aPair(), route }, executions)).toBe(expected);
  });

  it('is unknown without a quote, and of an order that executed nothing', () => {
    expect(slippageDeltaBps(aPair({ halfSpreadBps: null }), executed('maker', '10'))).toBeNull();
    const nothing: Executions = new Map([['mine', { executedQty: '0', makerQty: '0', policy: aPolicy(), attempts: [anEndedAttempt()] }]]);
    expect(slippageDeltaBps(aPair(), nothing)).toBeNull();
  });
});
