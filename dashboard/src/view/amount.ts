/** Amounts for the eye. Formatted from their exact text, never through a float; the unknown is a dash and says so. */
import type { DecimalText } from '../records/fields.ts';

export const UNKNOWN = '–';

const usdFormat = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const usdChange = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'exceptZero' });
const pctFormat = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const wholeFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const priceFormat = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 8 });
const exactFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12 });

/** Dollars to the cent. */
export const usd = (amount: DecimalText | number | null): string => (amount === null ? UNKNOWN : usdFormat.format(amount));
/** With its sign. */
export const change = (amount: DecimalText | number | null): string => (amount === null ? UNKNOWN : usdChange.format(amount));
export const wholeUsd = (amount: DecimalText | number | null): string => (amount === null ? UNKNOWN : wholeFormat.format(amount));
export const pct = (amount: DecimalText | number | null): string => (amount === null ? UNKNOWN : `${pctFormat.format(amount)} %`);
/** To eight digits: averages of fills and liquidation prices have more than anybody reads. */
export const price = (amount: DecimalText | null): string => (amount === null ? UNKNOWN : priceFormat.format(amount));
/** Quantities and limit prices with every digit. */
export const exact = (amount: DecimalText | null): string => (amount === null ? UNKNOWN : exactFormat.format(amount));
export const bps = (value: number | null): string => (value === null ? UNKNOWN : `${value.toFixed(1)} bps`);
/** A ratio of one as percent. */
export const share = (value: number | null): string => (value === null ? UNKNOWN : `${Math.round(value * 100)} %`);
export const ms = (value: number | null): string => (value === null ? UNKNOWN : value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`);

export type Sign = 'gain' | 'loss' | 'even' | 'unknown';

export function signOf(amount: DecimalText | null): Sign {
  if (amount === null) return 'unknown';
  if (/^-?0+(\.0+)?$/.test(amount)) return 'even';
  return amount.startsWith('-') ? 'loss' : 'gain';
}
