import type { Decimal } from './decimal.ts';
import { decimal, text } from './decimal.ts';

/** A stored amount increased by another, in the form it is stored. */
export function plusText(stored: string, by: Decimal): string {
  return text(decimal(stored).plus(by));
}
