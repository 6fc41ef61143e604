// Quotes and marks of the exchange in our words.
import { bestLevel, displayedLevels } from '../../domain/matching/depth-model.ts';
import type { BookSide } from '../../domain/matching/depth-model.ts';
import type { ExchangeState } from '../../domain/matching/exchange-state.ts';
import { decimal } from '../../domain/money/decimal.ts';
import { asPrice, asQty, price } from '../../domain/money/units.ts';
import type { Book, BookLevel } from '../../domain/market/book.ts';
import type { Mark, Quote } from '../../domain/market/market.ts';

/** What is displayed now, less what our own takers consumed; null for an unknown symbol or an empty side. */
export function quoteOf(state: ExchangeState, symbol: string): Quote | null {
  const instrument = state.instruments[symbol];
  const market = state.markets[symbol];
  if (instrument === undefined || market === undefined || market.quote === null) return null;
  const bid = bestLevel(instrument, market, 'bid');
  const ask = bestLevel(instrument, market, 'ask');
  if (bid === null || ask === null) return null;
  return { symbol, bid: asPrice(bid.price), bidQty: asQty(bid.qty), ask: asPrice(ask.price), askQty: asQty(ask.qty), at: market.quote.time };
}

/** The best levels of each side; null for an unknown symbol or one that has never been quoted. */
export function bookOf(state: ExchangeState, symbol: string, levels: number): Book | null {
  const instrument = state.instruments[symbol];
  const market = state.markets[symbol];
  if (instrument === undefined || market === undefined || market.quote === null) return null;
  const side = (name: BookSide): readonly BookLevel[] => {
    const shown: BookLevel[] = [];
    for (const level of displayedLevels(instrument, market, name)) {
      if (shown.length === levels) break;
      shown.push({ price: asPrice(level.price), qty: asQty(level.qty) });
    }
    return shown;
  };
  return { symbol, bids: side('bid'), asks: side('ask'), at: market.quote.time };
}

export function markOf(state: ExchangeState, symbol: string): Mark | null {
  const market = state.markets[symbol];
  if (market === undefined || market.markPrice === null || market.indexPrice === null) return null;
  return {
    symbol,
    markPrice: price(market.markPrice),
    indexPrice: price(market.indexPrice),
    fundingRate: decimal(market.fundingRate),
    nextFundingAt: market.nextFundingTime,
    at: market.markTime,
  };
}
