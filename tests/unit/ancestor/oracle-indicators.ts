/** The ancestor's indicators in plain numbers, as the specification writes them (sections 2.3, 2.5 and 3.1). */
export interface Bar {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const at = (values: readonly number[], index: number): number => values[index] ?? Number.NaN;

/** Simple means of gains and losses over the last `period` changes; no losses is 100. */
export function rsi(closes: readonly number[], period: number): number {
  const changes = closes.slice(1).map((close, index) => close - at(closes, index)).slice(-period);
  const averageGain = mean(changes.map((change) => (change > 0 ? change : 0)));
  const averageLoss = mean(changes.map((change) => (change < 0 ? -change : 0)));
  return averageLoss === 0 ? 100 : 100 - 100 / (1 + averageGain / averageLoss);
}

/** (last - mean) / population standard deviation of the last `lookback` closes. */
export function zScoreOf(closes: readonly number[], lookback: number): number {
  const window = closes.slice(-lookback);
  const middle = mean(window);
  const deviation = Math.sqrt(mean(window.map((close) => (close - middle) ** 2)));
  return (at(window, window.length - 1) - middle) / deviation;
}

/** Mean of the last `period` true ranges of the bars up to and including the one at `end`. */
export function atr(bars: readonly Bar[], period: number, end = bars.length - 1): number {
  const ranges = bars.slice(end - period + 1, end + 1).map((bar, index) => {
    const previousClose = bars[end - period + index]?.close ?? Number.NaN;
    return Math.max(bar.high - bar.low, Math.abs(bar.high - previousClose), Math.abs(previousClose - bar.low));
  });
  return mean(ranges);
}

/** ATR over price of the last `lookback` bars, oldest first. */
export function atrShares(bars: readonly Bar[], period: number, lookback: number): number[] {
  return bars.slice(-lookback).map((bar, index) => atr(bars, period, bars.length - lookback + index) / bar.close);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return Number.isInteger(half) ? (at(sorted, half - 1) + at(sorted, half)) / 2 : at(sorted, Math.floor(half));
}
