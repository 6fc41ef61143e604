/** How an order is worked against the life it has, and the thresholds of router health against each other. */
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import { longestGapMinutes } from '../../schema/config/unix-cron.ts';
import { configPath } from '../config-path.ts';
import { atLeast, atMost, below, limitAt, unless } from './contradiction.ts';
import type { Contradiction, CrossFieldRule } from './contradiction.ts';
import { notionalFloor, symbolsOf } from './effective-limits.ts';

/** From the start of an order to the taker's first look: every post-only order has its rest, and the taker one look. */
function workSeconds({ router }: EngineConfig): number {
  return (router.makerFirst ? router.makerRestSeconds * (router.maxRequotes + 1) : 0) + router.pollSeconds;
}

/** What one run of confirm does not see to its end waits for the next sync. */
function syncGapSeconds({ runtime }: EngineConfig): number | null {
  const minutes = longestGapMinutes(runtime.schedules.sync);
  return minutes === null ? null : minutes * 60;
}

/** Every leg has its turn; a rest that outlasts a run of confirm ends at the sync after it, and so late. */
export const intentsOutliveTheirLegs: CrossFieldRule = (config) => {
  const { router, strategies } = config;
  const gap = syncGapSeconds(config);
  const isSeenBySync = router.makerFirst && router.makerRestSeconds > router.confirmBudgetSeconds;
  const least = workSeconds(config) + (isSeenBySync && gap !== null ? gap * (router.maxRequotes + 1) : 0);
  const why = isSeenBySync ? ', waiting for a sync after each rest that outlasts confirmBudgetSeconds' : '';
  const longest = limitAt(router.maxIntentSeconds, 'router', 'maxIntentSeconds');
  return strategies.strategies.flatMap(({ intentTtlSeconds }, index) => {
    const at = ['strategies', 'strategies', index, 'intentTtlSeconds'] as const;
    return [
      ...atMost(at, intentTtlSeconds, longest),
      ...unless(intentTtlSeconds >= least, at, `at least ${least}, so that every leg of router.json has its turn${why}`),
    ];
  });
};

/** The last slice starts, at the latest by the sync after its time, early enough to be worked. */
export const slicesFitIntoIntents: CrossFieldRule = (config) => {
  const { router, strategies } = config;
  const gap = syncGapSeconds(config);
  if (router.twapMinNotionalUsd === null || gap === null) return [];
  const least = (router.twapSlices - 1) * router.twapIntervalSeconds + workSeconds(config) + gap;
  const parts = `${configPath('router', 'twapSlices')}, ${configPath('router', 'twapIntervalSeconds')}, the legs of a slice and one sync`;
  return strategies.strategies.flatMap(({ intentTtlSeconds }, index) =>
    unless(intentTtlSeconds >= least, ['strategies', 'strategies', index, 'intentTtlSeconds'], `at least ${least}, which ${parts} need; or fewer slices, or null for ${configPath('router', 'twapMinNotionalUsd')}`),
  );
};

/** A slice is over before the next one starts. */
export const slicesDoNotOverlap: CrossFieldRule = (config) => {
  const { router } = config;
  if (router.twapMinNotionalUsd === null) return [];
  const least = workSeconds(config);
  return unless(router.twapIntervalSeconds >= least, ['router', 'twapIntervalSeconds'], `at least ${least}, so that every leg of a slice has its turn before the next`);
};

/** Every slice of the smallest sliced entry is one that its symbol takes. */
export const slicesReachTheFloor: CrossFieldRule = (config) => {
  const { router, strategies } = config;
  const least = router.twapMinNotionalUsd;
  if (least === null) return [];
  const symbols = new Set(strategies.strategies.flatMap((strategy) => symbolsOf(config, strategy)));
  return [...symbols].flatMap((symbol) => {
    const floor = notionalFloor(config, symbol);
    const allowed = `at least ${floor.value * router.twapSlices}, ${router.twapSlices} slices of the smallest ${symbol} order, ${floor.value}, set in ${floor.configPath}`;
    return unless(least >= floor.value * router.twapSlices, ['router', 'twapMinNotionalUsd'], allowed);
  });
};

/** Good lies below degraded and degraded below broken; a makers' window has room for the samples it needs. */
export const healthThresholdsRise: CrossFieldRule = ({ router: { health } }) => {
  const limit = (key: keyof typeof health) => limitAt(health[key], 'router', 'health', key);
  const rising = (...[good, degraded, broken]: readonly [keyof typeof health, keyof typeof health, keyof typeof health]): Contradiction[] => [
    ...below(['router', 'health', good], health[good], limit(degraded)),
    ...atMost(['router', 'health', degraded], health[degraded], limit(broken)),
  ];
  return [
    ...rising('goodFallbackPct', 'degradedFallbackPct', 'brokenFallbackPct'),
    ...rising('goodSlippageBps', 'degradedSlippageBps', 'brokenSlippageBps'),
    ...rising('goodLatencyMs', 'degradedLatencyMs', 'brokenLatencyMs'),
    ...atMost(['router', 'health', 'minSamples'], health.minSamples, limit('windowRoutes')),
  ];
};

/** Routes are kept for as long as they count. */
export const routesOutliveTheirWindow: CrossFieldRule = ({ router }) =>
  atLeast(['router', 'routeRetentionDays'], router.routeRetentionDays, limitAt(router.health.windowDays, 'router', 'health', 'windowDays'));
