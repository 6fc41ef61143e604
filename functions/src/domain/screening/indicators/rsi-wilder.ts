import { rsiOf } from './rsi-of.ts';

/**
 * Relative strength index, 0 to 100, with Wilder's smoothing: the first averages are plain means of `period` changes,
 * each further change counts 1 / period. Null with fewer than `period` + 1 closes; a flat series is 50.
 */
export function rsiWilder(closes: readonly number[], period: number): number | null {
  if (period < 1 || closes.length < period + 1) return null;
  let gain = 0;
  let loss = 0;
  let previous: number | null = null;
  for (const [index, close] of closes.entries()) {
    const change = previous === null ? 0 : close - previous;
    previous = close;
    const isSeed = index <= period;
    gain = isSeed ? gain + Math.max(change, 0) / period : gain + (Math.max(change, 0) - gain) / period;
    loss = isSeed ? loss + Math.max(-change, 0) / period : loss + (Math.max(-change, 0) - loss) / period;
  }
  return rsiOf(gain, loss);
}

/** After so many periods the first averages count for less than a billionth: (1 - 1 / p) ^ 24p < e ^ -24. */
export const RSI_WARMUP_PERIODS = 25;
