/** All that one run learns: each part with its flag, one from the other, from records alone. */
import { decimal, toStatistic } from '../money/decimal.ts';
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import { flagsText } from '../../schema/feature-flags.ts';
import type { FeatureFlags } from '../../schema/feature-flags.ts';
import type { ExpectancyState } from '../../schema/records/expectancy-state.ts';
import type { LearningDay } from '../../schema/records/learning-day.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { RiskAllocation } from '../../schema/records/risk-allocation.ts';
import type { RouterApplied } from '../../schema/records/router-applied.ts';
import type { RouterHealth } from '../../schema/records/router-health.ts';
import type { RouterSuggestions } from '../../schema/records/router-suggestions.ts';
import type { SymbolScores } from '../../schema/records/symbol-scores.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { applySuggestions } from './apply-suggestions.ts';
import { expectancyStateOf } from './expectancy-state.ts';
import { learningDayId, talliedWindow } from './learning-days.ts';
import { riskAllocationOf } from './risk-allocation.ts';
import { routerSuggestionsOf } from './router-suggestions.ts';
import { symbolScoresOf } from './symbol-scores.ts';

export interface LessonSource {
  /** Of the window, oldest first; empty while results are not learned from. */
  readonly window: readonly LearningDay[];
  readonly health: RouterHealth | null;
  readonly nav: NavState | null;
  readonly applied: RouterApplied | null;
}

/** Null is what its flag keeps off. */
export interface Lessons {
  readonly summary: string;
  readonly expectancy: ExpectancyState | null;
  readonly scores: SymbolScores | null;
  readonly suggestions: RouterSuggestions | null;
  readonly applied: RouterApplied | null;
  readonly allocation: RiskAllocation | null;
}

export function lessonsOf(source: LessonSource, flags: FeatureFlags, config: EngineConfig, asOf: EpochMs): Lessons {
  const { intel } = config;
  const expectancy = flags.intel ? expectancyStateOf(talliedWindow(source.window), intel, asOf) : null;
  const scores = expectancy === null ? null : scoresOf(source, expectancy, intel, asOf);
  const allocation = flags.feedbackAllocator ? riskAllocationOf({ expectancy, scores, nav: source.nav }, config, asOf) : null;
  const suggestions = flags.routerAutotune ? routerSuggestionsOf({ ...source, expectancy, scores }, intel, asOf) : null;
  const riskMode = allocation?.riskMode ?? 'cautious';
  const applied = suggestions === null || !flags.routerAutotuneApply ? null : applySuggestions({ before: source.applied, suggestions, riskMode, intel, asOf });
  const parts = [expectancy, scores, suggestions, applied, allocation].flatMap((record) => (record === null ? [] : [record.summary]));
  return { summary: `flags on: ${[flagsText(flags), ...parts].join('; ')}`, expectancy, scores, suggestions, applied, allocation };
}

function scoresOf({ window, health, nav }: LessonSource, { bySymbol }: ExpectancyState, intel: EngineConfig['intel'], asOf: EpochMs): SymbolScores {
  const metrics = health?.symbols ?? {};
  const symbols = [...new Set([...Object.keys(bySymbol), ...Object.keys(metrics)])];
  const navUsd = nav === null || nav.health !== 'ok' ? null : toStatistic(decimal(nav.navUsd));
  return symbolScoresOf(symbols, metrics, { days: window, today: learningDayId(asOf), minSamples: intel.minSamples, navUsd }, intel, asOf);
}
