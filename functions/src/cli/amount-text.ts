/** Amounts as people read them. Rounded for the eye alone: `--json` has every digit. */
import { decimal, round, text } from '../domain/money/decimal.ts';

/** Dollars to the cent. */
export const usdText = (amount: string): string => fixedText(amount, 2);

/** `-0.5` to two places is `-0.50`. */
export function fixedText(amount: string, places: number): string {
  const [whole = '', fraction = ''] = text(round(decimal(amount), places, 'half-even')).split('.');
  return places === 0 ? whole : `${whole}.${fraction.padEnd(places, '0')}`;
}
