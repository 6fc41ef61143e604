/** Learning: bounds that leave something between them, and results that are still fresh when they are read. */
import { longestGapMinutes } from '../../schema/config/unix-cron.ts';
import { configPath } from '../config-path.ts';
import { below, limitAt, unless } from './contradiction.ts';
import type { CrossFieldRule } from './contradiction.ts';

/** One late or lost run must not make what was learned stale. */
const RUNS_WITHIN_FRESHNESS = 2;

export const learnedOutlivesALostRun: CrossFieldRule = ({ intel, runtime }) => {
  const gapMinutes = longestGapMinutes(runtime.schedules.learn);
  const at = ['intel', 'maxAgeMinutes'] as const;
  if (gapMinutes === null) return unless(false, ['runtime', 'schedules', 'learn'], 'every hour of every day (* in the last four fields), since what was learned goes stale');
  const least = gapMinutes * RUNS_WITHIN_FRESHNESS;
  return unless(intel.maxAgeMinutes >= least, at, `at least ${least}, twice the longest gap of ${configPath('runtime', 'schedules', 'learn')}`);
};

export const autotuneBoundsAreInOrder: CrossFieldRule = ({ intel: { autotune } }) => [
  ...below(['intel', 'autotune', 'minBias'], autotune.minBias, limitAt(autotune.maxBias, 'intel', 'autotune', 'maxBias')),
  ...below(['intel', 'autotune', 'minOffsetBps'], autotune.minOffsetBps, limitAt(autotune.maxOffsetBps, 'intel', 'autotune', 'maxOffsetBps')),
];

export const autotunedSymbolsExist: CrossFieldRule = ({ intel, universe }) => {
  const known = new Set(universe.symbols.map(({ symbol }) => symbol));
  const allowed = `a symbol of ${configPath('universe', 'symbols')}`;
  return intel.apply.symbols.flatMap((symbol, index) => unless(known.has(symbol), ['intel', 'apply', 'symbols', index], allowed));
};

export const cautionComesBeforeDefence: CrossFieldRule = ({ intel: { allocator } }) =>
  below(['intel', 'allocator', 'cautiousDrawdownPct'], allocator.cautiousDrawdownPct, limitAt(allocator.defensiveDrawdownPct, 'intel', 'allocator', 'defensiveDrawdownPct'));
