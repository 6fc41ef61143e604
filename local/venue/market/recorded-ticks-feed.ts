// A market of one symbol from raw trades and quotes, for minutes in which the real queue matters. All of it is held in
// memory: meant for minutes to hours, not for months.
import { join } from 'node:path';
import type { FundingEvent, MarkEvent, MarketEvent, QuoteEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import { BUILT_IN_INSTRUMENTS } from './built-in-instruments.ts';
import { closedMinuteOf } from './closed-minute.ts';
import { instrumentUnits } from './instrument-units.ts';
import { MarketDataError } from './market-data-error.ts';
import type { ClosedMinute, MarketFeed, MinuteCandle } from './market-feed.ts';
import { minuteCandle } from './minute-candle.ts';
import type { Print } from './minute-path.ts';
import { readRecordedQuotes, readRecordedTrades } from './recorded-ticks.ts';
import type { Tick } from './recorded-ticks.ts';
import { MINUTE_MS, minuteOf } from './unit-candle.ts';
import type { MarketUnits } from './unit-candle.ts';
import { unitText, unitsOf } from './unit-text.ts';

const SECOND_MS = 1_000;

export interface RecordedTicksOptions {
  readonly directory: string;
  /** One with built-in rules, for example BTCUSDT. */
  readonly symbol: string;
}

/**
 * The market begins with the first quote; trades before it have no book to stand in and are left out. No funding is settled.
 * Throws MarketDataError for an unknown symbol and for data that cannot be used.
 */
export async function recordedTicksFeed({ directory, symbol }: RecordedTicksOptions): Promise<MarketFeed> {
  const instrument = BUILT_IN_INSTRUMENTS.get(symbol);
  if (instrument === undefined) {
    const known = [...BUILT_IN_INSTRUMENTS.keys()].join(', ');
    throw new MarketDataError(
      `symbol ${JSON.stringify(symbol)} has no built-in rules, only ${known} are allowed. Choose one of these.`,
    );
  }
  const [quotes, trades] = await Promise.all([
    readRecordedQuotes(join(directory, `${symbol}-bookTicker.csv.gz`), instrument),
    readRecordedTrades(join(directory, `${symbol}-trades.csv.gz`), instrument),
  ]);
  const first = quotes[0]?.event.time;
  if (first === undefined)
    throw new MarketDataError(`${symbol}-bookTicker.csv.gz has no quotes, at least one is needed. Replace or remove it.`);
  return new TickMarketFeed(instrument, first, inOrder([...quotes, ...trades.filter(({ event }) => event.time >= first)]));
}

function inOrder(ticks: readonly Tick[]): readonly Tick['event'][] {
  return ticks
    .toSorted((a, b) => a.event.time - b.event.time || Number(a.arrival > b.arrival) - Number(a.arrival < b.arrival))
    .map(({ event }) => event);
}

class TickMarketFeed implements MarketFeed {
  readonly instruments: readonly VenueInstrument[];
  readonly startTime: number;
  readonly endTime: number;
  readonly #units: MarketUnits;
  readonly #events: readonly MarketEvent[];

  constructor(instrument: VenueInstrument, startTime: number, events: readonly Tick['event'][]) {
    this.instruments = [instrument];
    this.startTime = startTime;
    this.endTime = events.at(-1)?.time ?? startTime;
    this.#units = instrumentUnits(instrument, 1, Number(instrument.minPrice));
    this.#events = withMarks(events, this.#units);
  }

  *events(afterTime: number, untilTime: number): Iterable<MarketEvent> {
    for (let i = this.#firstAfter(afterTime); i < this.#events.length; i += 1) {
      const event = this.#events[i];
      if (event === undefined || event.time > untilTime) return;
      yield event;
    }
  }

  /** Minutes without a trade have no candle. */
  minuteCandles(symbol: string, fromTime: number, toTime: number, now: number): readonly MinuteCandle[] {
    if (symbol !== this.instruments[0]?.symbol) return [];
    const from = Math.ceil(fromTime / MINUTE_MS) * MINUTE_MS;
    const until = Math.min(now, Math.ceil(toTime / MINUTE_MS) * MINUTE_MS - 1);
    const byMinute = Map.groupBy(this.#prints(from, until), ({ time }) => minuteOf(time));
    return [...byMinute].map(([openTime, prints]) => this.#candle(openTime, prints));
  }

  closedMinutes(symbol: string, fromTime: number, toTime: number): readonly ClosedMinute[] {
    return this.minuteCandles(symbol, fromTime, toTime, toTime - 1).map(closedMinuteOf);
  }

  fundingHistory(): readonly FundingEvent[] {
    return [];
  }

  #prints(fromTime: number, untilTime: number): readonly Print[] {
    const { priceDecimals, qtyDecimals } = this.#units;
    return [...this.events(fromTime - 1, untilTime)]
      .filter((event) => event.kind === 'trade')
      .map(({ time, price, qty, aggressor }) => ({
        time,
        price: unitsOf(price, priceDecimals),
        qty: unitsOf(qty, qtyDecimals),
        aggressor,
      }));
  }

  /** The prints are those up to now, so the candle of all of them is the candle as known now. */
  #candle(openTime: number, prints: readonly Print[]): MinuteCandle {
    const open = prints[0]?.price ?? 0;
    const path = [{ time: openTime, bid: open, ask: open, prints }];
    return minuteCandle(
      { openTime, open, high: open, low: open, close: open, volume: 0 },
      path,
      this.#units,
      openTime + MINUTE_MS - 1,
    );
  }

  #firstAfter(time: number): number {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle]?.time ?? Infinity) <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The mark is not recorded here: the middle of the first quote of each second stands for it, and for the index. */
function withMarks(events: readonly Tick['event'][], units: MarketUnits): readonly MarketEvent[] {
  let marked = -1;
  return events.flatMap((event): readonly MarketEvent[] => {
    const second = Math.floor(event.time / SECOND_MS);
    if (event.kind === 'trade' || second === marked) return [event];
    marked = second;
    return [event, markOf(event, units)];
  });
}

function markOf(quote: QuoteEvent, units: MarketUnits): MarkEvent {
  const twice = unitsOf(quote.bidPrice, units.priceDecimals) + unitsOf(quote.askPrice, units.priceDecimals);
  const middle = unitText(twice * 5, units.priceDecimals + 1);
  return { kind: 'mark', symbol: quote.symbol, time: quote.time, markPrice: middle, indexPrice: middle };
}
