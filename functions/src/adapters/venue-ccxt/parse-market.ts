import { z } from 'zod';
import type { Mark, Quote } from '../../domain/market/market.ts';
import { isZero } from '../../domain/money/decimal.ts';
import { rowsOfSymbols, wireDecimal, wirePrice, wireQty, wireTime } from './wire-scalars.ts';

const wireQuote = z
  .looseObject({ symbol: z.string(), bidPrice: wirePrice, bidQty: wireQty, askPrice: wirePrice, askQty: wireQty, time: wireTime })
  .transform((raw): Quote => ({
    symbol: raw.symbol,
    bid: raw.bidPrice,
    bidQty: raw.bidQty,
    ask: raw.askPrice,
    askQty: raw.askQty,
    at: raw.time,
  }));

/** GET /fapi/v1/ticker/bookTicker for all symbols. An empty side of a book is written as price 0: that is no quote, and neither are a bid and an ask that cross. */
export function wireQuotes(symbols: readonly string[]): z.ZodType<Quote[]> {
  return rowsOfSymbols(symbols, wireQuote).transform((quotes) => quotes.filter(({ bid, ask }) => !isZero(bid) && bid.lt(ask)));
}

const wireMark = z
  .looseObject({
    symbol: z.string(),
    markPrice: wirePrice,
    indexPrice: wirePrice,
    lastFundingRate: wireDecimal,
    nextFundingTime: wireTime,
    time: wireTime,
  })
  .transform((raw): Mark => ({
    symbol: raw.symbol,
    markPrice: raw.markPrice,
    indexPrice: raw.indexPrice,
    fundingRate: raw.lastFundingRate,
    nextFundingAt: raw.nextFundingTime,
    at: raw.time,
  }));

/** GET /fapi/v1/premiumIndex for all symbols. */
export function wireMarks(symbols: readonly string[]): z.ZodType<Mark[]> {
  return rowsOfSymbols(symbols, wireMark);
}
