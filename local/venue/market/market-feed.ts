// The market behind the simulated venue. A feed is a pure function of its data and the times asked for: it keeps no
// cursor, so the venue can restart anywhere, and it never tells at time t what happened after t.
import type { FundingEvent, MarketEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';

/** One minute of trades. `openTime` is the minute's first millisecond; the candle is closed at openTime + 60 000. */
export interface MinuteCandle {
  readonly openTime: number;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  /** Base asset. */
  readonly volume: string;
  /** Quote asset. */
  readonly quoteVolume: string;
  readonly trades: number;
  /** Base and quote volume of the trades whose taker bought. */
  readonly takerBuyVolume: string;
  readonly takerBuyQuoteVolume: string;
}

/** A closed minute as a strategy looks at it, in plain numbers: never money. */
export interface ClosedMinute {
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Base asset. */
  readonly volume: number;
}

export interface MarketFeed {
  readonly instruments: readonly VenueInstrument[];
  /**
   * First and last millisecond with events; `endTime` is null where the feed never ends. Every symbol has a quote and a
   * mark at `startTime`.
   */
  readonly startTime: number;
  readonly endTime: number | null;
  /**
   * Events of all symbols with afterTime < time <= untilTime, ordered by time. At one time of one symbol: quote, then trades,
   * then mark, then funding, so that a stop triggered by a trade or mark meets the book of its own moment.
   *
   * Of a symbol that is not watched a feed may leave out all that later events of the same kind and minute replace: where
   * nothing of ours rests or is held, the market stands the same without them.
   */
  events(afterTime: number, untilTime: number, isWatched?: (symbol: string) => boolean): Iterable<MarketEvent>;
  /**
   * Candles of one symbol with fromTime <= openTime < toTime, oldest first, as known at `now`: the minute still open at
   * `now` holds only what happened up to `now`, and later minutes are left out. Minutes before `startTime` may be served as history.
   * Empty for an unknown symbol.
   */
  minuteCandles(symbol: string, fromTime: number, toTime: number, now: number): readonly MinuteCandle[];
  /** The minutes of `minuteCandles` with fromTime <= openTime < toTime that are closed at `toTime`, a whole minute, in the same numbers. */
  closedMinutes(symbol: string, fromTime: number, toTime: number): readonly ClosedMinute[];
  /** Funding settlements of one symbol with fromTime <= time <= toTime, oldest first. */
  fundingHistory(symbol: string, fromTime: number, toTime: number): readonly FundingEvent[];
}
