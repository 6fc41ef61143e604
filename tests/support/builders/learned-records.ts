import { expectancyOf } from '../../../functions/src/domain/learning/expectancy.ts';
import { rankingOf, sizeScoreOf } from '../../../functions/src/domain/learning/symbol-score.ts';
import { tallyOf, tallyOfTrade } from '../../../functions/src/domain/learning/trade-tally.ts';
import { warmupOf } from '../../../functions/src/domain/learning/warmup.ts';
import type { Expectancy, ExpectancyState } from '../../../functions/src/schema/records/expectancy-state.ts';
import type { RiskAllocation, SymbolAllocation } from '../../../functions/src/schema/records/risk-allocation.ts';
import type { AppliedTuning, RouterApplied } from '../../../functions/src/schema/records/router-applied.ts';
import type { RouterSetting, RouterSuggestion, RouterSuggestions } from '../../../functions/src/schema/records/router-suggestions.ts';
import type { SymbolScore, SymbolScores } from '../../../functions/src/schema/records/symbol-scores.ts';
import { NOW } from '../../unit/domain/risk/scenario.ts';
import { aTrade } from './a-trade.ts';

export const MIN_SAMPLES = 200;
const ENOUGH = warmupOf(250, MIN_SAMPLES);

/** Of that many trades, each with this net result on 1,000 dollars: 10 bps a dollar. */
export const resultsOf = (trades: number, netUsd: number): Expectancy =>
  expectancyOf(tallyOf(Array.from({ length: trades }, () => tallyOfTrade(aTrade({ netUsd })))), MIN_SAMPLES);

export function anExpectancyState(changes: Partial<ExpectancyState> = {}): ExpectancyState {
  return { summary: '', ...ENOUGH, lookbackDays: 30, overall: resultsOf(250, 1), bySymbol: {}, byStrategy: {}, byHourUtc: {}, byRegime: {}, computedAt: NOW, ...changes };
}

/** Of 250 trades and nothing known about them. */
export function aScore(changes: Partial<SymbolScore> = {}): SymbolScore {
  const inputs = { expectancyBps: null, hitRate: null, sharpe: null, makerShare: null, fallbackRatio: null, slippageP50Bps: null, quality: 'insufficient_data', feeDrag: null, volatilityRatio: null, dayResultPct: null } as const;
  return { ...ENOUGH, rank: 1, ...rankingOf(inputs), ...sizeScoreOf(inputs), sizeFactor: 0.8, inputs, ...changes };
}

export const scoresOf = (symbols: SymbolScores['symbols'], computedAt = NOW): SymbolScores => ({ summary: '', ...ENOUGH, symbols, computedAt });

export function anAllocation(changes: Partial<SymbolAllocation> = {}): SymbolAllocation {
  return {
    ...ENOUGH, signal: 1, share: 1, weight: 0.9, suggestedMaxExposurePct: 40, suggestedMaxTradeNavPct: 10, suggestedMaxConcurrentPositions: 2, sizeFactor: 0.9, rationale: [], ...changes,
  };
}

export const allocationOf = (changes: Partial<RiskAllocation> = {}): RiskAllocation => ({
  summary: '', ...ENOUGH, riskMode: 'normal', riskModeReason: '', navUsd: '10000', drawdownPct: 0, symbols: {}, computedAt: NOW, ...changes,
});

export const aSetting = (changes: Partial<RouterSetting> = {}): RouterSetting => ({ bias: 0.5, takerBias: 'balanced', offsetBps: 2, makerFirst: true, ...changes });

/** One step towards the taker, and half a basis point back from the touch. */
export const aSuggestion = (changes: Partial<RouterSuggestion> = {}): RouterSuggestion => ({
  ...ENOUGH, quality: 'ok', regime: 'balanced', current: aSetting(), proposed: aSetting({ bias: 0.55, offsetBps: 2.5 }), rationale: ['results are weak'], ...changes,
});

export const suggestionsOf = (symbols: RouterSuggestions['symbols']): RouterSuggestions => ({ summary: '', ...ENOUGH, symbols, computedAt: NOW });

export const aTuning = (changes: Partial<AppliedTuning> = {}): AppliedTuning => ({
  biasShift: 0.05, offsetShiftBps: 0.5, makerFirst: null, samples: 250, lastStepAt: NOW, day: '20260115', stepsOnDay: 1, reason: '', ...changes,
});

export const appliedOf = (symbols: RouterApplied['symbols'], changes: Partial<RouterApplied> = {}): RouterApplied => ({
  summary: '', symbols, refusals: {}, computedAt: NOW, validUntilAt: NOW + 2_700_000, ...changes,
});
