// Quotes and marks of the exchange in our words.
import { bestLevel } from '../../domain/matching/depth-model.ts';
import type { ExchangeState } from '../../domain/matching/exchange-state.ts';
import { decimal } from '../../domain/money/decimal.ts';
import { asPrice, asQty, price } from '../../domain/money/units.ts';
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
