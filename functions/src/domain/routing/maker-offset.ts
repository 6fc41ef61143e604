import type { VolatilityRegime } from './routing-choice.ts';

/** Null where it is not known, which moves nothing. */
export interface OffsetInputs {
  readonly volatility: VolatilityRegime | null;
  /** Of maker starts, 0 to 1. */
  readonly makerShare: number | null;
  readonly fallbackRatio: number | null;
  readonly slippageP50Bps: number | null;
  /** Mean net result of trades in the present UTC hour. */
  readonly hourExpectancyUsd: number | null;
}

export interface OffsetBounds {
  readonly baseBps: number;
  readonly minBps: number;
  readonly maxBps: number;
}

const BY_VOLATILITY: Readonly<Record<VolatilityRegime, number>> = { quiet: -0.5, normal: 0, hot: 0.5, panic: 1 };

/** How far behind the best price of its side a maker rests, in basis points: the ancestor's steps around our own base. */
export function makerOffsetBps(known: OffsetInputs, { baseBps, minBps, maxBps }: OffsetBounds): number {
  const { volatility, makerShare, fallbackRatio, slippageP50Bps, hourExpectancyUsd } = known;
  let offset = baseBps;
  if (volatility !== null) offset += BY_VOLATILITY[volatility];
  if (makerShare !== null && makerShare > 0.7) offset -= 0.5;
  if (fallbackRatio !== null && fallbackRatio > 0.5) offset += fallbackRatio > 0.8 ? 2.5 : 1;
  if (slippageP50Bps !== null) offset += slippageP50Bps > 5 ? 0.8 : slippageP50Bps < 1 ? -0.2 : 0;
  if (hourExpectancyUsd !== null) offset -= Math.sign(hourExpectancyUsd) * 0.2;
  return Math.min(maxBps, Math.max(minBps, offset));
}
