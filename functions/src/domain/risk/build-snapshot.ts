/** One symbol's snapshot from what a run has read. Screener and executor both come through here. */
import type { Reading } from '../found.ts';
import { bookImbalance } from '../market/book.ts';
import type { Book } from '../market/book.ts';
import { instrumentOf } from '../market/instrument-record.ts';
import type { Mark, Quote } from '../market/market.ts';
import type { VenueBudget } from '../requests/venue-budget.ts';
import type { MarketMetadata } from '../../schema/records/market-metadata.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { SymbolToggles } from '../../schema/records/symbol-toggles.ts';
import type { TradingControl } from '../../schema/records/trading-control.ts';
import type { VenueSettings } from '../../schema/records/venue-settings.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { RiskLimits } from './limits.ts';
import type { Observed } from './observed.ts';
import type { Snapshot } from './snapshot.ts';

/** Everything of a run that is not particular to a symbol. */
export interface SnapshotSource {
  readonly asOf: EpochMs;
  readonly limits: RiskLimits;
  readonly markets: MarketMetadata | null;
  readonly quotes: Reading<readonly Quote[]>;
  readonly marks: Reading<readonly Mark[]>;
  /** Of symbols whose imbalance is taken from more than the best quote; not read for others. */
  readonly books: Reading<readonly Book[]>;
  readonly nav: NavState | null;
  readonly positions: PositionsState | null;
  readonly venueSettings: VenueSettings | null;
  readonly venueBudget: VenueBudget | null;
  readonly risk: RiskState;
  readonly control: TradingControl | null;
  readonly toggles: SymbolToggles | null;
  readonly writeGate: 'open' | 'closed';
}

export function buildSnapshot(source: SnapshotSource, symbol: string, duplicateIntent: boolean): Snapshot {
  const { markets, quotes, marks, books, ...rest } = source;
  const quote = observedOf(quotes, symbol);
  return {
    ...rest,
    instrument: instrumentOf(markets, symbol),
    brackets: markets?.brackets ?? {},
    positionMode: markets?.positionMode ?? null,
    quote,
    mark: observedOf(marks, symbol),
    bookImbalance: imbalanceOf(quote, books, symbol, source.limits.forSymbol(symbol).orderBook.depthLevels),
    duplicateIntent,
  };
}

function observedOf<T extends { readonly symbol: string }>(reading: Reading<readonly T[]>, symbol: string): Observed<T> {
  if (reading.kind === 'unavailable') return reading;
  const value = reading.value.find((candidate) => candidate.symbol === symbol);
  if (value === undefined) return { kind: 'unavailable', cause: `the venue does not show ${symbol}` };
  return { kind: 'found', value, asOf: reading.asOf };
}

/** Of the best quote, or of the book where config wants more levels. */
function imbalanceOf(quote: Observed<Quote>, books: Reading<readonly Book[]>, symbol: string, levels: number): Observed<number> {
  const book = levels > 1 ? observedOf(books, symbol) : quote.kind === 'unavailable' ? quote : { ...quote, value: topOf(quote.value) };
  if (book.kind === 'unavailable') return book;
  const imbalance = bookImbalance(book.value, levels);
  return imbalance === null ? { kind: 'unavailable', cause: 'nothing is displayed' } : { kind: 'found', value: imbalance, asOf: book.asOf };
}

function topOf({ bid, bidQty, ask, askQty }: Quote): Pick<Book, 'bids' | 'asks'> {
  return { bids: [{ price: bid, qty: bidQty }], asks: [{ price: ask, qty: askQty }] };
}
