/** Market data for tests: what the textbook has, what a seed gives, and candles around given closes. */
import type { Candle } from '../../../../functions/src/domain/market/market.ts';

const FIVE_MINUTES = 300_000;
export const NOW = Date.UTC(2026, 0, 15, 12, 0, 0);

/** The closes on which many textbooks work out the RSI by hand. */
export const TEXTBOOK = [44.34, 44.09, 44.15, 43.61, 44.33, 44.83, 45.1, 45.42, 45.84, 46.08, 45.89, 46.03, 45.61, 46.28, 46.28, 46];

/** The same numbers for the same seed, on any machine: from 0 up to, but not including, 1 (a linear congruence). */
export function seededNumbers(seed: number, count: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  });
}

/** Closes that wander from 100 by up to 1 % each step. */
export function walk(seed: number, count: number): number[] {
  let close = 100;
  return seededNumbers(seed, count).map((number) => {
    close *= 1 + (number - 0.5) / 50;
    return close;
  });
}

/** 5-minute candles with these closes, the last one closing at NOW; each reaches `reach` beyond its open and close. */
export function candlesOf(closes: readonly number[], reach = 1): Candle[] {
  return closes.map((close, index) => {
    const closeAt = NOW - (closes.length - 1 - index) * FIVE_MINUTES;
    const open = closes[index - 1] ?? close;
    return { openAt: closeAt - FIVE_MINUTES, closeAt, open, high: Math.max(open, close) + reach, low: Math.min(open, close) - reach, close, volume: 10 };
  });
}
