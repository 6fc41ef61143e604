/**
 * The shadow against the live engine, over recorded pairs. A signal that both turn into an order agrees, whatever its size;
 * sizes are compared only then, and slippage only where the live order has executed.
 */
import type { AttributionRecord } from '../../schema/records/attribution.ts';
import type { CompareSummary, ShadowComparison, ShadowJudgement, ShadowPair, ShadowRecord, Spread } from '../../schema/records/shadow.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { warmupOf } from '../learning/warmup.ts';
import { decimal, divide, isPositive, toStatistic } from '../money/decimal.ts';
import { percentile } from '../routing/percentile.ts';

const PLACES = 8;

/** Attribution by intent, of the live orders that have ended. */
export type Executions = ReadonlyMap<string, Pick<AttributionRecord, 'executedQty' | 'makerQty' | 'policy' | 'attempts'>>;

/** `minSamples` is the number of signals below which the result is a warm-up. */
export function compareSummaryOf(records: readonly ShadowRecord[], executions: Executions, minSamples: number, computedAt: EpochMs): CompareSummary {
  const pairs = records.flatMap((record) => record.pairs);
  const riskEngine = comparisonOf(pairs, ({ riskEngine: judged }) => judged, new Map(), minSamples);
  const pipeline = comparisonOf(pairs, ({ pipeline: judged }) => judged, executions, minSamples);
  const told = [['risk engine', riskEngine], ['pipeline', pipeline]] as const;
  return {
    summary: told.map(([name, { samples, mismatchPct, isWarmup }]) => `${name}: ${mismatchPct === null ? 'nothing to compare' : `${mismatchPct.toFixed(1)} % of ${samples} signals judged otherwise`}${isWarmup ? ', warming up' : ''}`).join('; '),
    shadowConfigHash: records.at(-1)?.shadowConfigHash ?? null,
    riskEngine,
    pipeline,
    computedAt,
  };
}

function comparisonOf(pairs: readonly ShadowPair[], shadowOf: (pair: ShadowPair) => ShadowJudgement | null, executions: Executions, minSamples: number): ShadowComparison {
  const judged = pairs.flatMap((pair) => {
    const shadow = shadowOf(pair);
    return shadow === null ? [] : [{ pair, live: pair.live, shadow }];
  });
  const onlyLive = judged.filter(({ live, shadow }) => ordered(live) && !ordered(shadow));
  const onlyShadow = judged.filter(({ live, shadow }) => !ordered(live) && ordered(shadow));
  const both = judged.filter(({ live, shadow }) => ordered(live) && ordered(shadow));
  const codes = onlyLive.flatMap(({ shadow }) => (shadow.codes.length > 0 ? shadow.codes : [shadow.reason ?? shadow.outcome]));
  return {
    ...warmupOf(judged.length, minSamples),
    mismatchPct: judged.length === 0 ? null : ((onlyLive.length + onlyShadow.length) / judged.length) * 100,
    onlyLive: onlyLive.length,
    onlyShadow: onlyShadow.length,
    sizeDeltaPct: spreadOf(both.flatMap(({ live, shadow }) => numberOrNothing(sizeDeltaPct(live, shadow)))),
    slippageDeltaBps: spreadOf(both.flatMap(({ pair }) => numberOrNothing(slippageDeltaBps(pair, executions)))),
    shadowOnlyCodes: Object.fromEntries([...Map.groupBy(codes, (code) => code)].map(([code, times]) => [code, times.length] as const).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

const ordered = ({ outcome }: ShadowJudgement): boolean => outcome === 'intent';
const numberOrNothing = (value: number | null): readonly number[] => (value === null ? [] : [value]);

function sizeDeltaPct(live: ShadowJudgement, shadow: ShadowJudgement): number | null {
  if (live.notionalUsd === null || shadow.notionalUsd === null || !isPositive(decimal(live.notionalUsd))) return null;
  const change = decimal(shadow.notionalUsd).minus(decimal(live.notionalUsd)).times('100');
  return toStatistic(divide(change, decimal(live.notionalUsd), PLACES, 'half-even'));
}

/**
 * What the shadow's way of starting the order would have cost more, in basis points of the mid. A taker pays half of the spread;
 * what rests earns it and its distance behind the best price. The share that rests is the one that really rested, so where
 * the live order was taken from the start nobody knows what a resting one would have come to: null.
 */
export function slippageDeltaBps({ intentId, halfSpreadBps, route }: Pick<ShadowPair, 'intentId' | 'halfSpreadBps' | 'route'>, executions: Executions): number | null {
  const done = executions.get(intentId);
  const first = done?.attempts[0];
  if (done === undefined || first === undefined || done.policy === null || halfSpreadBps === null || route === null || !isPositive(decimal(done.executedQty))) return null;
  if (first.leg === 'taker') return route.leg === 'taker' ? 0 : null;
  const rested = toStatistic(divide(decimal(done.makerQty), decimal(done.executedQty), PLACES, 'half-even'));
  const restingBps = (offsetBps: number): number => rested * -(halfSpreadBps + offsetBps) + (1 - rested) * halfSpreadBps;
  const shadowBps = route.leg === 'taker' ? halfSpreadBps : restingBps(route.offsetBps);
  return shadowBps - restingBps(done.policy.offsetBps);
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  return { samples: values.length, mean, p50: percentile(values, 0.5), p95: percentile(values, 0.95) };
}
