/** The record `state/router_suggestions`: a suggestion for every symbol of the router's record. */
import type { IntelConfig } from '../../schema/config/intel-config.ts';
import type { AppliedTuning, RouterApplied } from '../../schema/records/router-applied.ts';
import type { ExpectancyState } from '../../schema/records/expectancy-state.ts';
import type { RouterHealth, RouterMetrics } from '../../schema/records/router-health.ts';
import type { RouterSetting, RouterSuggestion, RouterSuggestions } from '../../schema/records/router-suggestions.ts';
import type { SymbolScores } from '../../schema/records/symbol-scores.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { clamp } from './clamp.ts';
import { suggestRouting } from './suggest-routing.ts';
import { BIAS_OF, takerBiasOf } from './taker-bias.ts';
import { warmupOf } from './warmup.ts';

export interface TuningSource {
  readonly health: RouterHealth | null;
  /** Null while they are not learned. */
  readonly expectancy: ExpectancyState | null;
  readonly scores: SymbolScores | null;
  readonly applied: RouterApplied | null;
}

export function routerSuggestionsOf(source: TuningSource, intel: IntelConfig, computedAt: EpochMs): RouterSuggestions {
  const metrics = Object.entries(source.health?.symbols ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const symbols = metrics.map(([symbol, one]) => [symbol, suggestionOf(symbol, one, source, intel)] as const);
  const changes = symbols.filter(([, { current, proposed }]) => current.bias !== proposed.bias || current.offsetBps !== proposed.offsetBps || current.makerFirst !== proposed.makerFirst);
  const samples = metrics.reduce((routes, [, one]) => routes + one.samples, 0);
  return {
    summary: `changes suggested for ${changes.length} of ${symbols.length} symbols${changes.length === 0 ? '' : `: ${changes.map(([symbol]) => symbol).slice(0, 5).join(', ')}`}`,
    ...warmupOf(samples, intel.minSamples),
    symbols: Object.fromEntries(symbols),
    computedAt,
  };
}

function suggestionOf(symbol: string, metrics: RouterMetrics, { expectancy, scores, applied }: TuningSource, intel: IntelConfig): RouterSuggestion {
  const { quality, regime } = metrics;
  const current = currentSetting(metrics, applied?.symbols[symbol] ?? null);
  const warmup = warmupOf(metrics.samples, intel.minSamples);
  const untold = warmup.warmupReason ?? (quality === 'insufficient_data' ? (metrics.warmupReason ?? 'the router has too little to tell') : null);
  if (untold !== null) return { ...warmup, quality, regime, current, proposed: current, rationale: [untold] };
  const result = expectancy?.bySymbol[symbol];
  const score = scores?.symbols[symbol];
  const known = result !== undefined && !result.isWarmup;
  const evidence = {
    metrics,
    expectancyBps: known ? result.expectancyBps : null,
    hitRate: known ? result.hitRate : null,
    score: score === undefined || score.isWarmup ? null : score.score,
  };
  const { proposed, rationale } = suggestRouting(current, evidence, intel.autotune);
  return { ...warmup, quality, regime, current, proposed, rationale: [...rationale] };
}

/** The router's own policy, moved by what has been applied so far: each suggestion builds on the one before. */
function currentSetting({ takerBias, offsetBps, makerFirst }: RouterMetrics, tuning: AppliedTuning | null): RouterSetting {
  if (tuning === null) return { bias: BIAS_OF[takerBias], takerBias, offsetBps, makerFirst };
  const bias = clamp(BIAS_OF[takerBias] + tuning.biasShift, 0, 1);
  return { bias, takerBias: takerBiasOf(bias), offsetBps: Math.max(offsetBps + tuning.offsetShiftBps, 0), makerFirst: tuning.makerFirst ?? makerFirst };
}
