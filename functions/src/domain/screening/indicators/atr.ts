import type { Candle } from '../../market/market.ts';

/**
 * Average true range, the plain mean of the last `period` true ranges, in price units (ancestor formula for sizing).
 * Null when there are fewer than `period` + 1 candles.
 */
export function averageTrueRange(candles: readonly Candle[], period: number): number | null {
  if (candles.length < period + 1) return null;
  let total = 0;
  for (let i = candles.length - period; i < candles.length; i += 1) {
    const candle = candles[i];
    const previous = candles[i - 1];
    if (candle === undefined || previous === undefined) return null;
    total += Math.max(candle.high - candle.low, Math.abs(candle.high - previous.close), Math.abs(previous.close - candle.low));
  }
  return total / period;
}
