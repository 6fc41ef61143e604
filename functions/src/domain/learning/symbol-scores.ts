/** The record `state/symbol_scores`: every symbol that has traded or been routed, ranked once it has samples enough. */
import type { RouterMetrics } from '../../schema/records/router-health.ts';
import type { SymbolScore, SymbolScores } from '../../schema/records/symbol-scores.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { scoreInputsOf } from './score-inputs.ts';
import type { ScoreSource } from './score-inputs.ts';
import { rankingOf, sizeFactorOf, sizeScoreOf } from './symbol-score.ts';
import { tallyOf } from './trade-tally.ts';
import { warmupOf } from './warmup.ts';

export interface ScoreRules {
  readonly minSamples: number;
  readonly sizeFactor: { readonly min: number; readonly max: number };
}

export function symbolScoresOf(
  symbols: readonly string[],
  metricsBySymbol: Readonly<Record<string, RouterMetrics>>,
  source: ScoreSource,
  rules: ScoreRules,
  computedAt: EpochMs,
): SymbolScores {
  const scored = symbols.toSorted().map((symbol) => [symbol, scoreOf(symbol, metricsBySymbol[symbol] ?? null, source, rules)] as const);
  const ranked = scored.filter(([, { isWarmup }]) => !isWarmup).toSorted(([a, x], [b, y]) => y.score - x.score || (a < b ? -1 : 1));
  const rankOf = new Map(ranked.map(([symbol], index) => [symbol, index + 1]));
  const samples = tallyOf(source.days.map(({ overall }) => overall)).trades;
  const [best] = ranked;
  return {
    summary: best === undefined ? `${symbols.length} symbols, all warming up` : `${ranked.length} of ${symbols.length} symbols ranked, best ${best[0]} at ${best[1].score.toFixed(3)}`,
    ...warmupOf(samples, rules.minSamples),
    symbols: Object.fromEntries(scored.map(([symbol, score]) => [symbol, { ...score, rank: rankOf.get(symbol) ?? null }])),
    computedAt,
  };
}

function scoreOf(symbol: string, metrics: RouterMetrics | null, source: ScoreSource, rules: ScoreRules): SymbolScore {
  const inputs = scoreInputsOf(symbol, metrics, source);
  const warmup = warmupOf(tradesOf(symbol, source), rules.minSamples);
  const sized = sizeScoreOf(inputs);
  return { ...warmup, rank: null, ...rankingOf(inputs), ...sized, sizeFactor: warmup.isWarmup ? 1 : sizeFactorOf(sized.sizeScore, rules.sizeFactor), inputs };
}

function tradesOf(symbol: string, { days }: ScoreSource): number {
  return days.reduce((trades, day) => trades + (day.bySymbol[symbol]?.trades ?? NONE), 0);
}

/** A symbol that a day does not name closed no trade on it. */
const NONE = 0;
