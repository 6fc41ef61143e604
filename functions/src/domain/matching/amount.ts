// Amounts of money are kept to 8 decimals, as the venue books them. Each amount is rounded once, where it arises.
import { type Decimal, decimal, round, text } from '../money/decimal.ts';

const AMOUNT_PLACES = 8;

export function roundAmount(value: Decimal): Decimal {
  return round(value, AMOUNT_PLACES, 'half-even');
}

/** a + b as text. */
export function addText(a: string, b: Decimal): string {
  return text(decimal(a).plus(b));
}

/** The id after `id`. Ids are counters that may exceed 2^53. */
export function nextId(id: string): string {
  return String(BigInt(id) + 1n);
}
