import { describe, expect, it } from 'vitest';
import { routerMetricsOf } from '../../../../functions/src/domain/routing/router-metrics.ts';
import type { RouterContext } from '../../../../functions/src/domain/routing/router-metrics.ts';
import { routerConfig } from '../../../../functions/src/schema/config/router-config.ts';
import type { RouterConfig } from '../../../../functions/src/schema/config/router-config.ts';
import type { RouteSample } from '../../../../functions/src/schema/records/router-bucket.ts';
import { routerMetrics } from '../../../../functions/src/schema/records/router-health.ts';
import type { RouterMetrics } from '../../../../functions/src/schema/records/router-health.ts';
import { aFallback, aRouteSample, aTaker } from '../../../support/builders/a-route.ts';
import { NOW } from '../risk/scenario.ts';

const DAY_MS = 86_400_000;
const NOTHING: RouterContext = { volatility: null, hourExpectancyUsd: null };

function configured(health: Partial<RouterConfig['health']> = {}, changes: Partial<RouterConfig> = {}): RouterConfig {
  const config = routerConfig.parse({});
  return { ...config, ...changes, health: { ...config.health, ...health } };
}

function metrics(routes: readonly RouteSample[], router = configured(), context = NOTHING): RouterMetrics {
  const result = routerMetricsOf('BTCUSDT', routes, context, router, NOW);
  expect(routerMetrics.parse(result)).toEqual(result);
  return result;
}

const many = (count: number, of: (index: number) => RouteSample): RouteSample[] => Array.from({ length: count }, (_, index) => of(index));
/** Older by a second each. */
const agesOf = (routes: readonly RouteSample[]): RouteSample[] => routes.map((route, index) => ({ ...route, endedAt: NOW - index * 1000 }));

describe('routerMetricsOf', () => {
  it("gives the ancestor's figures for four events", () => {
    const routes = [
      aRouteSample({ slippageBps: -1, isMakerStart: true }),
      aFallback({ slippageBps: 3 }),
      aRouteSample({ slippageBps: 0.5, isMakerStart: false }),
      aFallback({ slippageBps: 5 }),
    ];
    const found = metrics(routes, configured({ minSamples: 1 }));
    expect(found).toMatchObject({ samples: 4, executedSamples: 4, makerShare: 0.5, slippageP50Bps: 1.75 });
    expect([found.fallbackRatio, found.slippageP25Bps, found.slippageP75Bps, found.slippageP95Bps].map((value) => value?.toFixed(9))).toEqual(['0.666666667', '0.125000000', '3.500000000', '4.700000000']);
  });

  it('is neutral without a single route: nothing is known, nothing is zero', () => {
    expect(metrics([], configured({}, { makerOffsetBps: 1.5 }))).toMatchObject({
      samples: 0, makerShare: null, startedMakerShare: null, fallbackRatio: null, rejectionRatio: null, slippageP95Bps: null, ackLatencyP50Ms: null, isWarmup: true,
      warmupReason: '0 routes, 0 maker starts; 20 needed', quality: 'insufficient_data', regime: 'insufficient_data', makerFirst: true, takerBias: 'balanced', offsetBps: 1.5,
    });
  });

  it('is a warm-up with one sample too few and not with enough', () => {
    expect(metrics(many(19, () => aFallback()))).toMatchObject({ isWarmup: true, quality: 'insufficient_data', fallbackRatio: 1 });
    expect(metrics(many(20, () => aFallback()))).toMatchObject({ isWarmup: false, warmupReason: null, quality: 'broken', makerFirst: false, takerBias: 'prefer_taker' });
  });

  it('does not judge makers by a few starts among many takers', () => {
    const routes = [...many(19, () => aFallback()), ...many(60, () => aTaker())];
    expect(metrics(routes)).toMatchObject({ fallbackRatio: 1, makerStarts: 19, quality: 'ok', makerFirst: true });
  });

  it('takes no order that was meant to take for a failure of makers', () => {
    const routes = [...many(20, () => aRouteSample()), ...many(60, () => aTaker())];
    const found = metrics(routes);
    expect(found).toMatchObject({ makerShare: 0.25, startedMakerShare: 1, fallbackRatio: 0, quality: 'good', regime: 'maker_strong' });
  });

  it('weighs maker shares by value', () => {
    const routes = [aRouteSample({ executedNotionalUsd: 300, makerNotionalUsd: 300 }), aFallback({ executedNotionalUsd: 700, makerNotionalUsd: 100 })];
    expect(metrics(routes).makerShare).toBeCloseTo(0.4, 12);
  });

  it('counts to the edge of the window and not beyond', () => {
    const routes = [aRouteSample({ endedAt: NOW - 7 * DAY_MS }), aRouteSample({ endedAt: NOW - 7 * DAY_MS - 1 })];
    expect(metrics(routes).samples).toBe(1);
  });

  it('looks at the newest maker starts, however many takers came between', () => {
    const config = configured({ minSamples: 5, windowRoutes: 10 });
    const old = many(30, () => aFallback());
    const takers = many(50, () => aTaker());
    const recovered = many(10, () => aRouteSample());
    expect(metrics(agesOf([...takers, ...old]), config)).toMatchObject({ quality: 'broken', makerStarts: 10 });
    expect(metrics(agesOf([...takers, ...recovered, ...old]), config)).toMatchObject({ quality: 'good', fallbackRatio: 0 });
  });

  it('knows latency and slippage only of routes that have them', () => {
    const routes = many(20, (index) => aTaker(index < 5 ? { slippageBps: null, ackLatencyMs: null, executedNotionalUsd: 0 } : { ackLatencyMs: index }));
    expect(metrics(routes)).toMatchObject({ samples: 20, executedSamples: 15, ackLatencyP50Ms: 12, slippageP50Bps: 3, quality: 'insufficient_data' });
  });

  it('counts refused attempts per route', () => {
    expect(metrics([aRouteSample({ rejections: 3 }), aRouteSample()]).rejectionRatio).toBe(1.5);
  });

  it('takes in a panic, and lets what else is known of the symbol move the offset', () => {
    const routes = many(20, () => aRouteSample());
    const config = configured({}, { makerOffsetBps: 2 });
    expect(metrics(routes, config, { volatility: 'panic', hourExpectancyUsd: -3 })).toMatchObject({ quality: 'good', makerFirst: true, takerBias: 'prefer_taker' });
    expect(metrics(routes, config, { volatility: 'panic', hourExpectancyUsd: -3 }).offsetBps).toBeCloseTo(2 + 1 - 0.5 - 0.2 + 0.2, 12);
  });

  it('never turns makers on against config', () => {
    expect(metrics(many(20, () => aRouteSample()), configured({}, { makerFirst: false })).makerFirst).toBe(false);
  });

  it('never depends on the order in which routes come', () => {
    const routes = agesOf([...many(15, () => aRouteSample()), ...many(15, () => aFallback()), ...many(15, () => aTaker())]);
    expect(metrics(routes.toReversed())).toEqual(metrics(routes));
  });
});
