import { rsiOf } from './rsi-of.ts';

/**
 * Relative strength index, 0 to 100, of plain means over the last `period` changes, so nothing older matters (the
 * ancestor's formula). Null with fewer than `period` + 1 closes; a flat series is 50.
 */
export function rsiCutler(closes: readonly number[], period: number): number | null {
  if (period < 1 || closes.length < period + 1) return null;
  let gain = 0;
  let loss = 0;
  let previous: number | null = null;
  for (const close of closes.slice(-period - 1)) {
    const change = previous === null ? 0 : close - previous;
    previous = close;
    gain += Math.max(change, 0);
    loss += Math.max(-change, 0);
  }
  return rsiOf(gain, loss);
}
