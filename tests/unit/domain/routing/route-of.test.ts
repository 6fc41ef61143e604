import { describe, expect, it } from 'vitest';
import { routeOf } from '../../../../functions/src/domain/routing/route-of.ts';
import { routeSample } from '../../../../functions/src/domain/routing/route-sample.ts';
import type { IntentRecord } from '../../../../functions/src/schema/records/intent.ts';
import { routeRecord } from '../../../../functions/src/schema/records/route-record.ts';
import type { RouteRecord } from '../../../../functions/src/schema/records/route-record.ts';
import { routeSample as routeSampleSchema } from '../../../../functions/src/schema/records/router-bucket.ts';
import type { RouteSample } from '../../../../functions/src/schema/records/router-bucket.ts';
import { aPolicy } from '../../../support/builders/a-policy.ts';
import { anEndedAttempt, anIntent } from '../../../support/builders/an-intent.ts';
import type { EndedAttempt } from '../../../support/builders/an-intent.ts';
import { NOW } from '../risk/scenario.ts';

function route(changes: Partial<IntentRecord>, outcome: RouteRecord['outcome'] = 'settled'): RouteRecord {
  const record = routeOf(anIntent({ attempts: changes.endedAttempts?.length ?? 1, ...changes }), outcome, NOW + 30_000, 1000);
  expect(routeRecord.parse(record)).toEqual(record);
  return record;
}

function sample(changes: Partial<IntentRecord>): RouteSample {
  const of = routeSample(route(changes));
  expect(routeSampleSchema.parse(of)).toEqual(of);
  return of;
}

const maker = (changes: Partial<EndedAttempt> = {}) => anEndedAttempt({ leg: 'maker', ...changes });
const taker = (changes: Partial<EndedAttempt> = {}) => anEndedAttempt({ leg: 'taker', status: 'filled', ...changes });
const refused = maker({ status: 'rejected', statusReason: 'wouldTake: -5022 no', ackLatencyMs: null });
const filled = { executedQty: '4', executedQuoteUsd: '400.8', makerQty: '1', feesUsd: '0.2' } as const;

describe('routeOf', () => {
  it('tells how an intent that fell back was worked', () => {
    const policy = aPolicy({ offsetBps: 1.5, quality: 'ok', source: 'routerHealth' });
    expect(route({ ...filled, policy, endedAttempts: [refused, maker({ status: 'canceled', ackLatencyMs: 70 }), taker({ ackLatencyMs: 30 })] })).toMatchObject({
      summary: 'open long BTCUSDT: settled, 4 of 5 by mixed after a fallback', policy, startedMaker: true, usedFallback: true, route: 'mixed', attempts: 3, slices: 1,
      postOnlyRejections: 1, rejections: 1, requotes: 1, cancels: 1, approvedQty: '5', executedQty: '4', makerQty: '1', executedNotionalUsd: '400.8', averagePrice: '100.2',
      slippageBps: 20, ackLatencyMs: 70, workedMs: 30_000, approvedAt: NOW, endedAt: NOW + 30_000, expireAt: NOW + 31_000,
    });
  });

  it.each<[string, Partial<IntentRecord>, Partial<RouteRecord>]>([
    ['all of it rested', { ...filled, makerQty: '4', endedAttempts: [maker({ status: 'filled' })] }, { route: 'maker', startedMaker: true, usedFallback: false, requotes: 0 }],
    ['all of it was taken', { ...filled, makerQty: '0', endedAttempts: [taker()] }, { route: 'taker', startedMaker: false, usedFallback: false }],
    ['a taker that filled as a maker is what the venue says', { ...filled, makerQty: '4', endedAttempts: [taker()] }, { route: 'maker', startedMaker: false }],
    ['nothing filled', { endedAttempts: [maker({ status: 'canceled' }), taker({ status: 'expired' })] }, { route: 'none', usedFallback: true, slippageBps: null, averagePrice: null }],
    ['a resting order expired at once', { ...filled, endedAttempts: [maker({ status: 'expired' }), taker()] }, { postOnlyRejections: 1, rejections: 0 }],
    ['the venue refused for another reason', { endedAttempts: [maker({ status: 'rejected', statusReason: 'filter: -1111' })] }, { postOnlyRejections: 0, rejections: 1, usedFallback: false }],
    ['an attempt never reached the venue', { ...filled, endedAttempts: [maker({ status: 'absent', ackLatencyMs: null }), taker()] }, { startedMaker: false, usedFallback: false, requotes: 0, attempts: 2 }],
    ['no attempt reached the venue', { endedAttempts: [maker({ status: 'absent', ackLatencyMs: null })] }, { startedMaker: true, usedFallback: false, ackLatencyMs: null, route: 'none' }],
    ['a first order in each of two slices is no requote', { ...filled, slicePlan: { slices: 2, sliceQty: '2.5', minQty: '1', intervalMs: 60_000 }, endedAttempts: [maker({ slice: 1 }), maker({ slice: 1 }), maker({ slice: 2 })] }, { slices: 2, requotes: 1 }],
  ])('%s', (_what, changes, expected) => {
    expect(route(changes)).toMatchObject(expected);
  });

  it('throws for an intent that was never approved', () => {
    expect(() => routeOf(anIntent({ policy: null }), 'failed', NOW, 1)).toThrow('intent mine is worked without a routing policy');
  });
});

describe('routeSample', () => {
  it('is what a route adds to the statistics', () => {
    expect(sample({ ...filled, endedAttempts: [refused, taker({ ackLatencyMs: 30 })] })).toEqual({
      symbol: 'BTCUSDT', endedAt: NOW + 30_000, isMakerStart: true, usedFallback: true, rejections: 1, executedNotionalUsd: 400.8, makerNotionalUsd: 100.2, slippageBps: 20, ackLatencyMs: 30,
    });
  });

  it('takes a start that neither filled nor fell back for no start', () => {
    expect(sample({ endedAttempts: [maker({ status: 'absent', ackLatencyMs: null })] })).toMatchObject({ isMakerStart: false, executedNotionalUsd: 0, makerNotionalUsd: 0 });
  });

  it('leaves out the slippage of slices, most of which is the way the market went between them', () => {
    expect(sample({ ...filled, endedAttempts: [taker()], slicePlan: { slices: 2, sliceQty: '2.5', minQty: '1', intervalMs: 60_000 } }).slippageBps).toBeNull();
  });
});
