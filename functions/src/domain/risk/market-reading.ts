/** A market reading that a check may use: fresh, of the order's symbol, and possible. */
import { isPositive } from '../money/decimal.ts';
import type { Mark, Quote } from '../market/market.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { PlainLimit } from './limits.ts';
import type { Observed } from './observed.ts';

export type MarketReading<T> =
  | { readonly kind: 'usable'; readonly value: T }
  /** `ageSeconds` is null unless age is what makes it unusable. */
  | { readonly kind: 'unusable'; readonly ageSeconds: number | null };

export function readQuote(reading: Observed<Quote>, symbol: string, asOf: EpochMs, maxAge: PlainLimit): MarketReading<Quote> {
  return usable(reading, asOf, maxAge, (quote) => quote.symbol === symbol && isPositive(quote.bid) && quote.ask.gte(quote.bid));
}

export function readMark(reading: Observed<Mark>, symbol: string, asOf: EpochMs, maxAge: PlainLimit): MarketReading<Mark> {
  return usable(reading, asOf, maxAge, (mark) => mark.symbol === symbol && isPositive(mark.markPrice));
}

export function readImbalance(reading: Observed<number>, asOf: EpochMs, maxAge: PlainLimit): MarketReading<number> {
  return usable(reading, asOf, maxAge, (imbalance) => imbalance >= -1 && imbalance <= 1);
}

function usable<T>(reading: Observed<T>, asOf: EpochMs, maxAge: PlainLimit, isPossible: (value: T) => boolean): MarketReading<T> {
  if (reading.kind === 'unavailable' || !isPossible(reading.value)) return { kind: 'unusable', ageSeconds: null };
  const ageSeconds = Math.abs(asOf - reading.asOf) / 1000;
  return ageSeconds <= maxAge.value ? { kind: 'usable', value: reading.value } : { kind: 'unusable', ageSeconds };
}
