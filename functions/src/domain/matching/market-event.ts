// What a market feed tells the exchange. Prices and quantities are decimal texts, times epoch milliseconds.
// Events are applied in the order given; their times must not run backwards.

/** The best bid and ask now displayed, with their sizes. Replaces the book and whatever our takers had consumed of it. */
export interface QuoteEvent {
  readonly kind: 'quote';
  readonly symbol: string;
  readonly time: number;
  readonly bidPrice: string;
  readonly bidQty: string;
  readonly askPrice: string;
  readonly askQty: string;
}

/** A trade between others. `aggressor` is the side of the taker: SELL prints eat the bids, BUY prints the asks. */
export interface TradeEvent {
  readonly kind: 'trade';
  readonly symbol: string;
  readonly time: number;
  readonly price: string;
  readonly qty: string;
  readonly aggressor: 'BUY' | 'SELL';
}

/** Mark and index price: they value positions, drive liquidation and trigger conditional orders on MARK_PRICE. */
export interface MarkEvent {
  readonly kind: 'mark';
  readonly symbol: string;
  readonly time: number;
  readonly markPrice: string;
  readonly indexPrice: string;
}

/** Funding is settled at `time` with `rate` (a fraction of notional at mark; positive: longs pay shorts). */
export interface FundingEvent {
  readonly kind: 'funding';
  readonly symbol: string;
  readonly time: number;
  readonly rate: string;
  readonly nextFundingTime: number;
}

export type MarketEvent = QuoteEvent | TradeEvent | MarkEvent | FundingEvent;
