import type { Reading } from '../../domain/found.ts';
import type { Book } from '../../domain/market/book.ts';
import type { Mark, Quote } from '../../domain/market/market.ts';
import { isEntry } from '../../domain/risk/order-reading.ts';
import type { Purpose } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';

export interface MarketReading {
  readonly quotes: Reading<readonly Quote[]>;
  readonly marks: Reading<readonly Mark[]>;
  /** Of the symbols that an entry is wanted in and whose imbalance is taken from more than the best quote. */
  readonly books: Reading<readonly Book[]>;
}

export const NO_BOOKS: MarketReading['books'] = { kind: 'unavailable', cause: 'no book was asked for' };

type MarketDeps = Pick<EngineDeps, 'limits'> & { readonly venue: Pick<EngineDeps['venue'], 'quotes' | 'marks' | 'books'> };

/** Quotes and marks in one call each, whatever the number of symbols. */
export async function readPrices({ venue }: Pick<MarketDeps, 'venue'>, symbols: readonly string[]): Promise<Pick<MarketReading, 'quotes' | 'marks'>> {
  const [quotes, marks] = await Promise.all([venue.quotes(symbols), venue.marks(symbols)]);
  return { quotes, marks };
}

/** One call per symbol, so only for those that an entry is wanted in. */
export async function readBooks({ venue, limits }: MarketDeps, symbols: readonly string[]): Promise<MarketReading['books']> {
  const levelsOf = (symbol: string): number => limits.forSymbol(symbol).orderBook.depthLevels;
  const deep = symbols.filter((symbol) => levelsOf(symbol) > 1);
  return deep.length === 0 ? NO_BOOKS : venue.books(deep, Math.max(...deep.map(levelsOf)));
}

/** All that one order is judged by; an exit is not judged by its book. */
export async function readMarket(deps: MarketDeps, { symbol, purpose }: { readonly symbol: string; readonly purpose: Purpose }): Promise<MarketReading> {
  const [prices, books] = await Promise.all([readPrices(deps, [symbol]), isEntry(purpose) ? readBooks(deps, [symbol]) : NO_BOOKS]);
  return { ...prices, books };
}
