import { decimal } from './decimal.ts';

/** As `decimal(a).cmp(b)`, without parsing where both are amounts written with the same places, as a venue writes its prices. */
export function compareAmounts(a: string, b: string): -1 | 0 | 1 {
  const alike = a.length === b.length && a.indexOf('.') === b.indexOf('.') && !a.startsWith('-') && !b.startsWith('-');
  if (!alike) return decimal(a).cmp(decimal(b));
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
