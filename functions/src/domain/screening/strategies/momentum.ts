/**
 * Trend following: enter with the gap between a fast and a slow average, close once it has narrowed or turned. The gap
 * counts in ATRs, so that one threshold fits every symbol and every volatility.
 */
import type { MomentumParams } from '../../../schema/config/strategies-config.ts';
import { averageTrueRange } from '../indicators/atr.ts';
import { EMA_WARMUP_PERIODS, ema } from '../indicators/ema.ts';
import type { Strategy, StrategyInput } from '../strategy.ts';

export const momentum: Strategy<MomentumParams> = {
  warmup: ({ fastPeriod, slowPeriod, atrPeriod }) => Math.max(Math.max(fastPeriod, slowPeriod) * EMA_WARMUP_PERIODS, atrPeriod + 1),

  decide(input, params) {
    const { held } = input;
    const { entryGapAtr, exitGapAtr } = params;
    const value = gapInAtrs(input, params);
    if (value === null) return { kind: 'none', reason: 'no gap: the market does not move' };
    const indicator = 'gapAtr';
    if (held !== null) {
      const { positionSide } = held;
      const isLong = positionSide === 'long';
      const isGone = isLong ? value < exitGapAtr : value > -exitGapAtr;
      if (!isGone) return { kind: 'none', reason: 'holding while the averages stay apart' };
      return { kind: 'exit', positionSide, indicator, value, threshold: isLong ? exitGapAtr : -exitGapAtr };
    }
    if (value > 0 && value >= entryGapAtr) return { kind: 'enter', positionSide: 'long', indicator, value, threshold: entryGapAtr, strength: 1 };
    if (value < 0 && value <= -entryGapAtr) return { kind: 'enter', positionSide: 'short', indicator, value, threshold: -entryGapAtr, strength: 1 };
    return { kind: 'none', reason: 'the averages are close together' };
  },
};

/** (fast average - slow average) / ATR; null without a range to measure by. */
function gapInAtrs({ candles }: StrategyInput, { fastPeriod, slowPeriod, atrPeriod }: MomentumParams): number | null {
  const closes = candles.map((candle) => candle.close);
  const fast = ema(closes, fastPeriod);
  const slow = ema(closes, slowPeriod);
  const atr = averageTrueRange(candles, atrPeriod);
  return fast === null || slow === null || atr === null || !(atr > 0) ? null : (fast - slow) / atr;
}
