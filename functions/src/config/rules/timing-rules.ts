/** Durations against each other: a step that outlives what guards it, or never gets its turn. */
import { longestGapMinutes } from '../../schema/config/unix-cron.ts';
import { configPath } from '../config-path.ts';
import type { CrossFieldRule } from './contradiction.ts';

/** NAV stays fresh through this many missed syncs less one: a single late run must not stop entries. */
const SYNCS_WITHIN_FRESHNESS = 3;

export const syncRunsAllDay: CrossFieldRule = ({ runtime }) =>
  longestGapMinutes(runtime.schedules.sync) === null
    ? [{ at: ['runtime', 'schedules', 'sync'], allowed: 'every hour of every day (the last four fields *), since positions stay open around the clock' }]
    : [];

export const navOutlivesSeveralSyncs: CrossFieldRule = ({ risk, runtime }) => {
  const gapMinutes = longestGapMinutes(runtime.schedules.sync);
  if (gapMinutes === null || risk.navFreshnessSeconds >= gapMinutes * 60 * SYNCS_WITHIN_FRESHNESS) return [];
  const least = gapMinutes * 60 * SYNCS_WITHIN_FRESHNESS;
  return [{ at: ['risk', 'navFreshnessSeconds'], allowed: `at least ${least}, ${SYNCS_WITHIN_FRESHNESS} times the longest gap of ${configPath('runtime', 'schedules', 'sync')}` }];
};

export const signalsOutliveTheScreenGap: CrossFieldRule = ({ risk, runtime }) => {
  const gapMinutes = longestGapMinutes(runtime.schedules.screen);
  if (gapMinutes === null || risk.maxSignalAgeSeconds > gapMinutes * 60) return [];
  return [{ at: ['risk', 'maxSignalAgeSeconds'], allowed: `above ${gapMinutes * 60}, the longest gap of ${configPath('runtime', 'schedules', 'screen')}` }];
};

export const leaseOutlivesAConfirmRun: CrossFieldRule = ({ router, runtime }) => {
  const neededMs = router.confirmBudgetSeconds * 1000 + runtime.deadlineMs + runtime.clockMarginMs;
  if (runtime.leaseSeconds * 1000 >= neededMs) return [];
  const parts = [configPath('router', 'confirmBudgetSeconds'), configPath('runtime', 'deadlineMs'), configPath('runtime', 'clockMarginMs')];
  return [{ at: ['runtime', 'leaseSeconds'], allowed: `at least ${Math.ceil(neededMs / 1000)}, the sum of ${parts.join(', ')}` }];
};

export const workingOrdersAreLookedAt: CrossFieldRule = ({ router }) =>
  [
    { key: 'makerRestSeconds', value: router.makerRestSeconds },
    { key: 'confirmBudgetSeconds', value: router.confirmBudgetSeconds },
  ]
    .filter(({ value }) => value < router.pollSeconds)
    .map(({ key }) => ({
      at: ['router', key] as const,
      allowed: `at least ${router.pollSeconds}, set in ${configPath('router', 'pollSeconds')}`,
    }));

/** Time for every post-only quote to rest and one look more, for the taker leg. */
export const intentsOutliveTheirMakerLegs: CrossFieldRule = ({ router, strategies }) => {
  const needed = router.makerFirst ? router.makerRestSeconds * (router.maxRequotes + 1) + router.pollSeconds : router.pollSeconds;
  return strategies.strategies.flatMap(({ intentTtlSeconds }, index) => {
    const at = ['strategies', 'strategies', index, 'intentTtlSeconds'] as const;
    if (intentTtlSeconds > router.maxIntentSeconds) {
      return [{ at, allowed: `at most ${router.maxIntentSeconds}, set in ${configPath('router', 'maxIntentSeconds')}` }];
    }
    return intentTtlSeconds >= needed ? [] : [{ at, allowed: `at least ${needed}, so that every leg of router.json has its turn` }];
  });
};
