// A public market told event by event. Trades of others are not seen, as a reader of quotes and marks does not see them.
import type { PublicMarket } from '../../../functions/src/adapters/venue-paper/market-since.ts';
import { instrumentOf } from '../../../functions/src/adapters/venue-simulated/account-words.ts';
import type { Book } from '../../../functions/src/domain/market/book.ts';
import type { Candle, Mark, Quote } from '../../../functions/src/domain/market/market.ts';
import type { FundingEvent, MarketEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import type { Reading } from '../../../functions/src/domain/found.ts';
import { decimal, decimalOfInteger } from '../../../functions/src/domain/money/decimal.ts';
import { asPrice, price, qty } from '../../../functions/src/domain/money/units.ts';
import type { EpochMs } from '../../../functions/src/schema/scalars.ts';

export interface ScriptedPublicMarket {
  readonly market: PublicMarket;
  readonly happens: (event: MarketEvent) => void;
  /** Calls made so far, by name and symbols. */
  readonly calls: readonly string[];
  /** The next read of this name finds no market. */
  readonly failNext: (read: keyof PublicMarket) => void;
}

export interface MarketScript {
  readonly instruments: readonly VenueInstrument[];
  readonly now: () => EpochMs;
  /** Announced from the start. */
  readonly nextFunding: FundingEvent;
  /** Minutes by symbol; those not closed by now are not told. */
  readonly minutes: Readonly<Record<string, readonly Candle[]>>;
}

export function scriptedPublicMarket({ instruments, now, nextFunding, minutes }: MarketScript): ScriptedPublicMarket {
  const quotes = new Map<string, Quote>();
  const marks = new Map<string, Mark>();
  const fundings = new Map<string, Pick<Mark, 'fundingRate' | 'nextFundingAt'>>([
    [nextFunding.symbol, { fundingRate: decimal(nextFunding.rate), nextFundingAt: nextFunding.time }],
  ]);
  const calls: string[] = [];
  const failing = new Set<keyof PublicMarket>();

  const answer = <T>(read: keyof PublicMarket, symbols: readonly string[], value: () => T): Promise<Reading<T>> => {
    calls.push(`${read} ${symbols.join(' ')}`);
    if (failing.delete(read)) return Promise.resolve({ kind: 'unavailable', cause: `${read}: no answer` });
    return Promise.resolve({ kind: 'found', value: value(), asOf: now() });
  };
  const terms = new Map(instruments.map((instrument) => [instrument.symbol, instrumentOf(instrument)]));

  return {
    calls,
    failNext: (read) => failing.add(read),
    market: {
      instruments: (symbols) => answer('instruments', symbols, () => known(symbols, terms)),
      quotes: (symbols) => answer('quotes', symbols, () => known(symbols, quotes)),
      books: (symbols, levels) => answer('books', symbols, () => known(symbols, quotes).map((quote) => ladder(quote, levels))),
      marks: (symbols) =>
        answer('marks', symbols, () => known(symbols, marks).map((mark) => ({ ...mark, ...fundings.get(mark.symbol) }))),
      async candles(symbols, timeframe, count) {
        const series = await answer('candles', symbols, () =>
          symbols.map((symbol) => ({ symbol, timeframe, candles: (minutes[symbol] ?? []).filter(({ closeAt }) => closeAt <= now()).slice(-count) })),
        );
        return symbols.every((symbol) => minutes[symbol] !== undefined) ? series : { kind: 'unavailable', cause: 'candles: a symbol is unknown' };
      },
    },
    happens(event) {
      const { symbol, time: at } = event;
      switch (event.kind) {
        case 'quote':
          quotes.set(symbol, { symbol, bid: price(event.bidPrice), bidQty: qty(event.bidQty), ask: price(event.askPrice), askQty: qty(event.askQty), at });
          break;
        case 'mark':
          marks.set(symbol, {
            symbol, markPrice: price(event.markPrice), indexPrice: price(event.indexPrice), fundingRate: decimal('0'), nextFundingAt: 0, at,
          });
          break;
        case 'funding':
          fundings.set(symbol, { fundingRate: decimal(event.rate), nextFundingAt: event.nextFundingTime });
          break;
        case 'trade':
          break;
      }
    },
  };
}

/** One price step outward from level to level, each with the best one's size. */
function ladder({ symbol, bid, bidQty, ask, askQty, at }: Quote, levels: number): Book {
  const steps = Array.from({ length: levels }, (_, index) => decimalOfInteger(index).times('0.1'));
  return {
    symbol,
    bids: steps.map((step) => ({ price: asPrice(bid.minus(step)), qty: bidQty })),
    asks: steps.map((step) => ({ price: asPrice(ask.plus(step)), qty: askQty })),
    at,
  };
}

function known<T>(symbols: readonly string[], values: ReadonlyMap<string, T>): readonly T[] {
  return symbols.map((symbol) => values.get(symbol)).filter((value) => value !== undefined);
}
