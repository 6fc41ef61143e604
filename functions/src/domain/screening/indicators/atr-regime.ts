import type { Candle } from '../../market/market.ts';

/** Closed candles that `atrRegime` needs. */
export const atrRegimeCandles = (atrPeriod: number, lookback: number): number => atrPeriod + lookback;

/**
 * How volatile a market is by its own measure: ATR / close now, over the median of the last `lookback` values of it;
 * 1 is usual. The average true range is the plain mean of `atrPeriod` true ranges. Null with fewer than `atrPeriod` +
 * `lookback` candles and in a market that usually does not move at all.
 */
export function atrRegime(candles: readonly Candle[], atrPeriod: number, lookback: number): number | null {
  const needed = atrRegimeCandles(atrPeriod, lookback);
  if (lookback < 1 || atrPeriod < 1 || candles.length < needed) return null;
  const ranges = trueRanges(candles.slice(-needed));
  const shares: number[] = [];
  let total = 0;
  for (const [index, { range, close }] of ranges.entries()) {
    total += range - (ranges[index - atrPeriod]?.range ?? 0);
    if (index >= atrPeriod - 1) shares.push(total / atrPeriod / close);
  }
  const now = shares.at(-1);
  const usual = median(shares);
  return now === undefined || !(usual > 0) ? null : now / usual;
}

/** One per candle but the first, which only gives its close. */
function trueRanges(candles: readonly Candle[]): readonly { readonly range: number; readonly close: number }[] {
  let previous: Candle | null = null;
  const ranges = [];
  for (const candle of candles) {
    if (previous !== null) {
      const range = Math.max(candle.high - candle.low, Math.abs(candle.high - previous.close), Math.abs(previous.close - candle.low));
      ranges.push({ range, close: candle.close });
    }
    previous = candle;
  }
  return ranges;
}

/** Of at least one value; the mean of the middle two of an even number. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}
