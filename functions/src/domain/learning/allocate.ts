/**
 * Shares of risk by result (ancestor 8.7): a symbol's share is its signal over all signals; risk mode and share bound what it
 * may trade. Only `sizeFactor` reaches orders, and it never exceeds 1. A symbol that is warming up has no share of its own
 * yet: the risk mode alone decides its factor.
 */
import type { RiskMode, SymbolAllocation } from '../../schema/records/risk-allocation.ts';
import type { RouterQuality } from '../../schema/records/router-health.ts';
import { clamp } from './clamp.ts';
import { warmupOf } from './warmup.ts';

export interface Candidate {
  readonly symbol: string;
  readonly samples: number;
  /** Null where it is not known. */
  readonly expectancyBps: number | null;
  readonly score: number | null;
  readonly quality: RouterQuality;
  readonly maxExposurePct: number;
}

export interface AllocationRules {
  readonly minSamples: number;
  readonly minSizeFactor: number;
  readonly maxSymbolExposurePct: number;
  readonly maxTradeNavPct: number;
  readonly maxConcurrentPositions: number;
}

const WEIGHT_OF: Readonly<Record<RiskMode, number>> = { normal: 0.9, cautious: 0.65, defensive: 0.45 };
const EXPOSURE_OF: Readonly<Record<RiskMode, number>> = { normal: 1.05, cautious: 0.85, defensive: 0.65 };
const TRADE_OF: Readonly<Record<RiskMode, number>> = { normal: 1, cautious: 0.85, defensive: 0.7 };
const WEIGHT_PLACES = 6;

/** By symbol, in the order of their names; weights add up to at most 1. */
export function allocate(candidates: readonly Candidate[], riskMode: RiskMode, rules: AllocationRules): Readonly<Record<string, SymbolAllocation>> {
  const signalled = candidates.toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1)).map((candidate) => ({ candidate, signal: signalOf(candidate) }));
  const total = signalled.reduce((sum, { signal }) => sum + signal, 0);
  return Object.fromEntries(
    signalled.map(({ candidate, signal }) => [candidate.symbol, allocationOf(candidate, signal, total > 0 ? signal / total : 0, riskMode, rules)]),
  );
}

function signalOf({ score, expectancyBps, quality }: Candidate): number {
  const ofScore = score === null ? 0 : Math.max(0, score);
  const ofExpectancy = expectancyBps !== null && expectancyBps > 0 ? Math.min(expectancyBps / 10, 0.3) : 0;
  const ofRouter = quality === 'broken' ? 0.2 : quality === 'degraded' ? 0.6 : 1;
  return (ofScore + ofExpectancy) * ofRouter;
}

function allocationOf(candidate: Candidate, signal: number, share: number, riskMode: RiskMode, rules: AllocationRules): SymbolAllocation {
  const warmup = warmupOf(candidate.samples, rules.minSamples);
  const holdsBack = riskMode !== 'normal' && share < 0.5 && (riskMode === 'defensive' || share < 0.2);
  const ofTrade = TRADE_OF[riskMode] * (warmup.isWarmup ? 1 : 0.85 + 0.3 * share);
  return {
    ...warmup,
    signal,
    share,
    // Rounded down, so that rounding cannot lift the sum above what the mode allows.
    weight: Math.floor(share * WEIGHT_OF[riskMode] * 10 ** WEIGHT_PLACES) / 10 ** WEIGHT_PLACES,
    suggestedMaxExposurePct: Math.min(rules.maxSymbolExposurePct, candidate.maxExposurePct * EXPOSURE_OF[riskMode] * (0.8 + 0.4 * share)),
    suggestedMaxTradeNavPct: Math.min(rules.maxTradeNavPct, rules.maxTradeNavPct * TRADE_OF[riskMode] * (0.85 + 0.3 * share)),
    suggestedMaxConcurrentPositions: Math.max(0, rules.maxConcurrentPositions - (holdsBack ? 1 : 0)),
    sizeFactor: clamp(ofTrade, rules.minSizeFactor, 1),
    rationale: [`risk mode ${riskMode}`, `share ${share.toFixed(3)}`, ...(candidate.quality === 'broken' || candidate.quality === 'degraded' ? [`routes are ${candidate.quality}`] : [])],
  };
}

/** What the risk mode alone leaves of a size: for a symbol without an allocation, or without a record of any. */
export const sizeFactorOfMode = (riskMode: RiskMode, minSizeFactor: number): number => clamp(TRADE_OF[riskMode], minSizeFactor, 1);
