/** The record `state/risk_allocation`: the risk mode, and a share for every symbol that may be traded and has a record. */
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { ExpectancyState } from '../../schema/records/expectancy-state.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { RiskAllocation } from '../../schema/records/risk-allocation.ts';
import type { SymbolScores } from '../../schema/records/symbol-scores.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { allocate } from './allocate.ts';
import type { Candidate } from './allocate.ts';
import { riskModeOf } from './risk-mode.ts';
import { warmupOf } from './warmup.ts';

export interface AllocationSource {
  /** Null while they are not learned. */
  readonly expectancy: ExpectancyState | null;
  readonly scores: SymbolScores | null;
  readonly nav: NavState | null;
}

export function riskAllocationOf(source: AllocationSource, { risk, universe, intel }: EngineConfig, computedAt: EpochMs): RiskAllocation {
  const mode = riskModeOf(source.nav, { ...intel.allocator, navFreshnessSeconds: risk.navFreshnessSeconds }, computedAt);
  const enabled = universe.symbols.filter((entry) => entry.enabled).map((entry) => entry.symbol);
  const candidates = enabled.flatMap((symbol) => candidateOf(symbol, source, risk.perSymbol[symbol]?.maxExposurePct ?? risk.maxSymbolExposurePct));
  const symbols = allocate(candidates, mode.riskMode, { ...risk, minSamples: intel.minSamples, minSizeFactor: intel.allocator.minSizeFactor });
  return {
    summary: `${mode.riskMode} (${mode.riskModeReason}), ${candidates.length} of ${enabled.length} symbols have a record`,
    ...warmupOf(source.expectancy === null ? 0 : source.expectancy.samples, intel.minSamples),
    ...mode,
    symbols: { ...symbols },
    computedAt,
  };
}

/** Nothing for a symbol that has neither traded nor been scored, or while nothing is learned. */
function candidateOf(symbol: string, { expectancy, scores }: AllocationSource, maxExposurePct: number): readonly Candidate[] {
  const result = expectancy?.bySymbol[symbol];
  const score = scores?.symbols[symbol];
  if (result === undefined || score === undefined) return [];
  return [{ symbol, samples: result.samples, expectancyBps: result.expectancyBps, score: score.score, quality: score.inputs.quality, maxExposurePct }];
}
