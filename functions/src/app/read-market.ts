import type { Reading } from '../domain/found.ts';
import type { Mark, Quote } from '../domain/market/market.ts';
import type { EngineDeps } from './engine-deps.ts';

export interface MarketReading {
  readonly quotes: Reading<readonly Quote[]>;
  readonly marks: Reading<readonly Mark[]>;
}

/** Quotes and marks in one call each, whatever the number of symbols. */
export async function readMarket(deps: EngineDeps, symbols: readonly string[]): Promise<MarketReading> {
  const [quotes, marks] = await Promise.all([deps.venue.quotes(symbols), deps.venue.marks(symbols)]);
  return { quotes, marks };
}
