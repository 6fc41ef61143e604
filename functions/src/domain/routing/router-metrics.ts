/**
 * What the routes of one symbol say together. Each statistic looks at the newest `windowRoutes` routes that say something
 * about it, and is known from `minSamples` of them on: so orders sent to take neither count for nor against makers, and a
 * few probes move the picture of a broken router within the window.
 */
import type { RouterConfig } from '../../schema/config/router-config.ts';
import type { RouteSample } from '../../schema/records/router-bucket.ts';
import type { RouterMetrics } from '../../schema/records/router-health.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { makerOffsetBps } from './maker-offset.ts';
import { percentile } from './percentile.ts';
import { routerQuality, routerRegime } from './router-quality.ts';
import type { RouterStatistics } from './router-quality.ts';
import { routingChoice } from './routing-choice.ts';
import type { VolatilityRegime } from './routing-choice.ts';

const DAY_MS = 86_400_000;

/** What else is known of a symbol; null where nothing is. */
export interface RouterContext {
  readonly volatility: VolatilityRegime | null;
  /** Mean net result of its trades in the present UTC hour. */
  readonly hourExpectancyUsd: number | null;
}

/** `routes` are the symbol's own, in any order. */
export function routerMetricsOf(symbol: string, routes: readonly RouteSample[], context: RouterContext, router: RouterConfig, asOf: EpochMs): RouterMetrics {
  const { health } = router;
  const recent = newestFirst(routes, asOf - health.windowDays * DAY_MS);
  const figures = figuresOf(recent, health.windowRoutes);
  const enough = <T>(value: T, samples: number): T | null => (samples < health.minSamples ? null : value);
  const makerShare = enough(figures.startedMakerShare, figures.makerStarts);
  const fallbackRatio = enough(figures.fallbackRatio, figures.makerStarts);
  const known: RouterStatistics = {
    makerShare,
    fallbackRatio,
    slippageP95Bps: enough(figures.slippageP95Bps, figures.slippages),
    ackLatencyP50Ms: enough(figures.ackLatencyP50Ms, figures.latencies),
  };
  const quality = routerQuality(known, health);
  const regime = routerRegime(known);
  const isWarmup = quality === 'insufficient_data';
  const { makerFirst, takerBias } = routingChoice(quality, context.volatility);
  const slippageP50Bps = enough(figures.slippageP50Bps, figures.slippages);
  const bounds = { baseBps: router.makerOffsetBps, minBps: 0, maxBps: Math.max(router.makerOffsetBps, router.maxMakerOffsetBps) };
  const { slippages: _slippages, latencies: _latencies, ...shown } = figures;
  return {
    symbol,
    ...shown,
    isWarmup,
    warmupReason: isWarmup ? `${figures.samples} routes, ${figures.makerStarts} maker starts; ${health.minSamples} needed` : null,
    quality,
    regime,
    makerFirst: router.makerFirst && makerFirst,
    takerBias,
    offsetBps: isWarmup ? router.makerOffsetBps : makerOffsetBps({ ...context, makerShare, fallbackRatio, slippageP50Bps }, bounds),
    reason: `quality=${quality}; regime=${regime}; volatility=${context.volatility ?? 'unknown'}`,
  };
}

function newestFirst(routes: readonly RouteSample[], since: EpochMs): readonly RouteSample[] {
  return routes.filter((route) => route.endedAt >= since).toSorted((a, b) => b.endedAt - a.endedAt);
}

/** Each over its own newest routes; the counts say over how many. */
function figuresOf(recent: readonly RouteSample[], windowRoutes: number) {
  const all = recent.slice(0, windowRoutes);
  const executed = recent.filter((route) => route.executedNotionalUsd > 0).slice(0, windowRoutes);
  const starts = recent.filter((route) => route.isMakerStart).slice(0, windowRoutes);
  const slippages = recent.flatMap(({ slippageBps }) => (slippageBps === null ? [] : [slippageBps])).slice(0, windowRoutes);
  const latencies = recent.flatMap(({ ackLatencyMs }) => (ackLatencyMs === null ? [] : [ackLatencyMs])).slice(0, windowRoutes);
  return {
    samples: recent.length,
    executedSamples: executed.length,
    makerShare: makerShareOf(executed),
    makerStarts: starts.length,
    startedMakerShare: makerShareOf(starts),
    fallbackRatio: ratio(starts.filter((route) => route.usedFallback).length, starts.length),
    rejectionRatio: ratio(total(all, (route) => route.rejections), all.length),
    slippageP25Bps: percentile(slippages, 0.25),
    slippageP50Bps: percentile(slippages, 0.5),
    slippageP75Bps: percentile(slippages, 0.75),
    slippageP95Bps: percentile(slippages, 0.95),
    ackLatencyP50Ms: percentile(latencies, 0.5),
    ackLatencyP95Ms: percentile(latencies, 0.95),
    slippages: slippages.length,
    latencies: latencies.length,
  };
}

function makerShareOf(routes: readonly RouteSample[]): number | null {
  return ratio(total(routes, (route) => route.makerNotionalUsd), total(routes, (route) => route.executedNotionalUsd));
}

function total(routes: readonly RouteSample[], part: (route: RouteSample) => number): number {
  return routes.reduce((sum, route) => sum + part(route), 0);
}

/** Null of nothing. */
function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
