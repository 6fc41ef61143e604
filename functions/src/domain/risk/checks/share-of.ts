/** Shares for a person to read, in a veto only; comparisons multiply and stay exact. */
import type { Decimal, Rounding } from '../../money/decimal.ts';
import { decimal, divide, HUNDRED, text } from '../../money/decimal.ts';

const PLACES = 6;
const BPS = decimal('10000');

/** Callers round away from the limit, so that what misses it by little also reads as missing it. */
export function pctOf(part: Decimal, whole: Decimal, rounding: Rounding): string {
  return text(divide(part.times(HUNDRED), whole, PLACES, rounding));
}

export function bpsOf(part: Decimal, whole: Decimal, rounding: Rounding): string {
  return text(divide(part.times(BPS), whole, PLACES, rounding));
}
