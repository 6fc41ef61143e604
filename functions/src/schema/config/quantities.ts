/**
 * Numbers a person writes into config. The unit stands at the end of the key; the range and the unit are repeated in
 * the text a person reads when the value is refused, and in the description that the docs show.
 */
import { z } from 'zod';

/** Exponents are refused: `String(value)` of every config number is then an exact decimal for the money code. */
const isPlainDecimal = (value: number): boolean => !String(value).includes('e');

function bounded(kind: string, unitText: string, min: number, max: number, meaning: string): z.ZodNumber {
  const allowed = `${kind} from ${min} to ${max}${unitText}`;
  const check = kind === 'a whole number' ? z.number(allowed).int(allowed) : z.number(allowed);
  return check.min(min, allowed).max(max, allowed).refine(isPlainDecimal, allowed).describe(`${meaning}: ${allowed}`);
}

const real = (unitText: string) => (min: number, max: number, meaning: string) =>
  bounded('a number', unitText, min, max, meaning);
const whole = (unitText: string) => (min: number, max: number, meaning: string) =>
  bounded('a whole number', unitText, min, max, meaning);

/** 15 means 15 %. Caps start at 1 where they can, so that a fraction such as 0.15 is refused, not guessed at. */
export const pct = real(' percent (15 means 15 %)');
export const bps = real(' basis points (1 is 0.01 %)');
export const usd = real(' US dollars');
export const milliseconds = whole(' milliseconds');
export const seconds = whole(' seconds');
export const minutes = whole(' minutes');
export const hours = whole(' hours');
export const days = whole(' days');
/** How many of something: orders, candles, symbols. */
export const count = whole('');
/** A statistic or a multiple without a unit: a z-score, an RSI level, a leverage, an imbalance. */
export const plain = real('');

