/** Durations against each other: a step that outlives what guards it, or one that never gets its turn. */
import { longestGapMinutes } from '../../schema/config/unix-cron.ts';
import { configPath } from '../config-path.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../function-timeout.ts';
import { atLeast, limitAt, unless } from './contradiction.ts';
import type { CrossFieldRule } from './contradiction.ts';

/** One late or lost sync must not stop entries, so NAV stays fresh for three of them. */
const SYNCS_WITHIN_FRESHNESS = 3;

/** What a run of confirm has left, after its last look at an order, to book, settle and move stops. */
const SETTLING_SECONDS = 10;

export const syncRunsAllDay: CrossFieldRule = ({ runtime }) =>
  unless(
    longestGapMinutes(runtime.schedules.sync) !== null,
    ['runtime', 'schedules', 'sync'],
    'every hour of every day (* in the last four fields), since positions stay open around the clock',
  );

export const navOutlivesSeveralSyncs: CrossFieldRule = ({ risk, runtime }) => {
  const gapMinutes = longestGapMinutes(runtime.schedules.sync);
  if (gapMinutes === null) return [];
  const least = gapMinutes * 60 * SYNCS_WITHIN_FRESHNESS;
  const allowed = `at least ${least}, three times the longest gap of ${configPath('runtime', 'schedules', 'sync')}`;
  return unless(risk.navFreshnessSeconds >= least, ['risk', 'navFreshnessSeconds'], allowed);
};

/** A schedule that keeps to some hours of the day has gaps on purpose. */
export const signalsOutliveTheScreenGap: CrossFieldRule = ({ risk, runtime }) => {
  const gapMinutes = longestGapMinutes(runtime.schedules.screen);
  if (gapMinutes === null) return [];
  const allowed = `above ${gapMinutes * 60}, the longest gap of ${configPath('runtime', 'schedules', 'screen')}`;
  return unless(risk.maxSignalAgeSeconds > gapMinutes * 60, ['risk', 'maxSignalAgeSeconds'], allowed);
};

export const leaseOutlivesAConfirmRun: CrossFieldRule = ({ router, runtime }) => {
  const neededMs = router.confirmBudgetSeconds * 1000 + runtime.deadlineMs + runtime.clockMarginMs;
  const parts = [
    configPath('router', 'confirmBudgetSeconds'),
    configPath('runtime', 'deadlineMs'),
    configPath('runtime', 'clockMarginMs'),
  ];
  const allowed = `at least ${Math.ceil(neededMs / 1000)}, the sum of ${parts.join(', ')}`;
  return unless(runtime.leaseSeconds * 1000 >= neededMs, ['runtime', 'leaseSeconds'], allowed);
};

/**
 * A run of confirm hands its order back itself. One that the platform ends leaves its lease behind, and until that is over
 * redeliveries leave the order, which may be an exit, alone.
 */
export const confirmEndsWithinItsFunction: CrossFieldRule = ({ router, runtime }) => {
  const most = Math.floor(FUNCTION_TIMEOUT_SECONDS - SETTLING_SECONDS - (2 * runtime.deadlineMs) / 1000);
  const parts = `the ${FUNCTION_TIMEOUT_SECONDS} seconds that a function may run less twice ${configPath('runtime', 'deadlineMs')} and ${SETTLING_SECONDS} to settle`;
  return [
    ...unless(router.confirmBudgetSeconds <= most, ['router', 'confirmBudgetSeconds'], `at most ${most}, ${parts}`),
    ...unless(runtime.leaseSeconds <= FUNCTION_TIMEOUT_SECONDS, ['runtime', 'leaseSeconds'], `at most ${FUNCTION_TIMEOUT_SECONDS}, the seconds that a function may run`),
  ];
};

export const workingOrdersAreLookedAt: CrossFieldRule = ({ router }) => {
  const poll = limitAt(router.pollSeconds, 'router', 'pollSeconds');
  return [
    ...atLeast(['router', 'makerRestSeconds'], router.makerRestSeconds, poll),
    ...atLeast(['router', 'confirmBudgetSeconds'], router.confirmBudgetSeconds, poll),
  ];
};
