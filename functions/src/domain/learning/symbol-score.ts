/**
 * How well a symbol has been traded. Two sums of the same inputs: `score` from 0 to 1 ranks, allocates and tunes (ancestor
 * 8.4), `sizeScore` around 0 sizes (ancestor 8.3). What is not known counts neither way.
 */
import type { ScoreInputs, SymbolScore } from '../../schema/records/symbol-scores.ts';
import { clamp } from './clamp.ts';

type Ranking = Pick<SymbolScore, 'score' | 'expectancyPart' | 'routerPart' | 'slippagePenalty' | 'feePenalty' | 'volatilityPenalty'>;
type SizeScore = Pick<SymbolScore, 'sizeScore' | 'sharpePart' | 'volatilityPart' | 'routePart' | 'dayPart'>;

/** Expectancy at which its part is well above the middle: ten dollars of the ancestor's, ten basis points of notional here. */
const EXPECTANCY_SCALE_BPS = 10;
const MOST_PENALTY = 0.4;
const MOST_VOLATILITY_PENALTY = 0.5;

/** clamp01(0.55 e + 0.35 r - slippage - fees - 0.3 volatility), with e and r around 0.5. */
export function rankingOf(inputs: ScoreInputs): Ranking {
  const { makerShare, fallbackRatio, slippageP50Bps, feeDrag } = inputs;
  const expectancyPart = expectancyPartOf(inputs);
  const routerPart = makerShare === null || fallbackRatio === null ? 0.5 : 0.5 + 0.5 * Math.tanh(makerShare - fallbackRatio);
  const slippagePenalty = slippageP50Bps === null ? 0 : clamp(slippageP50Bps / 20, 0, MOST_PENALTY);
  const feePenalty = feeDrag === null ? 0 : Math.min(0.2 * feeDrag, MOST_PENALTY);
  const volatilityPenalty = Math.min(Math.abs(volatilityScale(inputs.volatilityRatio) - 1), MOST_VOLATILITY_PENALTY);
  const score = clamp(0.55 * expectancyPart + 0.35 * routerPart - slippagePenalty - feePenalty - 0.3 * volatilityPenalty, 0, 1);
  return { score, expectancyPart, routerPart, slippagePenalty, feePenalty, volatilityPenalty };
}

function expectancyPartOf({ expectancyBps, hitRate }: ScoreInputs): number {
  const part = expectancyBps === null ? 0.5 : 0.5 + 0.5 * Math.tanh(expectancyBps / EXPECTANCY_SCALE_BPS);
  return hitRate === null ? part : 0.7 * part + 0.3 * hitRate;
}

/** The ancestor's steps of how much a volatility, as a multiple of the usual one, leaves of a size; 1 when it is not known. */
export function volatilityScale(ratio: number | null): number {
  if (ratio === null || !(ratio > 0)) return 1;
  if (ratio < 0.7) return 0.75;
  if (ratio < 1.5) return 1;
  return ratio < 2.5 ? 0.5 : 0.25;
}

export function sizeScoreOf(inputs: ScoreInputs): SizeScore {
  const sharpePart = sharpePartOf(inputs.sharpe);
  const volatilityPart = volatilityPartOf(inputs.volatilityRatio);
  const routePart = routePartOf(inputs);
  const dayPart = dayPartOf(inputs.dayResultPct);
  return { sizeScore: sharpePart + volatilityPart + routePart + dayPart, sharpePart, volatilityPart, routePart, dayPart };
}

function sharpePartOf(sharpe: number | null): number {
  if (sharpe === null) return 0;
  if (sharpe <= -1) return -1;
  return sharpe >= 2 ? 1 : sharpe / 2;
}

function volatilityPartOf(ratio: number | null): number {
  if (ratio === null) return 0;
  if (ratio < 0.5) return -0.2;
  if (ratio > 2.5) return -0.3;
  return ratio >= 0.8 && ratio <= 1.5 ? 0.1 : 0;
}

function routePartOf({ makerShare, fallbackRatio, slippageP50Bps }: ScoreInputs): number {
  const maker = makerShare === null ? 0 : (makerShare - 0.5) * 0.5;
  const fallback = fallbackRatio === null ? 0 : Math.max(0, fallbackRatio - 0.5);
  return maker - fallback - (slippageP50Bps !== null && slippageP50Bps > 5 ? 0.3 : 0);
}

function dayPartOf(resultPct: number | null): number {
  if (resultPct === null) return 0;
  if (resultPct <= -3) return -0.5;
  if (resultPct <= -1.5) return -0.25;
  return resultPct >= 0.5 ? 0.1 : 0;
}

/** 1 + 0.3 score, within the bounds: without the ancestor's jumps at both ends. */
export function sizeFactorOf(sizeScore: number, bounds: { readonly min: number; readonly max: number }): number {
  return clamp(1 + 0.3 * sizeScore, bounds.min, bounds.max);
}
