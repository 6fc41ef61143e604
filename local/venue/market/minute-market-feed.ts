// A market feed over minute candles, recorded or generated. Minutes are worked out when asked for and soon dropped again,
// so a year costs no more memory than a minute.
import type { FundingEvent, MarketEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import type { CandleSource } from './candle-source.ts';
import type { ClosedMinute, MarketFeed, MinuteCandle } from './market-feed.ts';
import { minuteCandle } from './minute-candle.ts';
import { lastEvents, minuteEvents, minuteWalk } from './minute-events.ts';
import type { MinuteWalk } from './minute-events.ts';
import { minutePath } from './minute-path.ts';
import { MINUTE_MS, minuteOf } from './unit-candle.ts';
import type { UnitCandle } from './unit-candle.ts';

export class MinuteMarketFeed implements MarketFeed {
  readonly instruments: readonly VenueInstrument[];
  readonly startTime: number;
  readonly endTime: number | null;
  readonly #sources: ReadonlyMap<string, CandleSource>;
  /** Whole symbols of the minute asked for last: a venue that advances second by second asks for the same ones many times. */
  #latest: { readonly minute: number; readonly events: Map<string, readonly MarketEvent[]> } = { minute: Number.NaN, events: new Map() };

  /** Of each symbol the two minutes asked for last: a step from minute to minute ends one and begins the next. */
  readonly #walks = new Map<string, readonly MinuteWalk[]>();

  /** `startTime` is a whole minute that every source has; `endTime` the last millisecond of one, or null for no end. */
  constructor(sources: readonly CandleSource[], startTime: number, endTime: number | null) {
    this.#sources = new Map(sources.map((source) => [source.instrument.symbol, source]));
    this.instruments = sources.map((source) => source.instrument);
    this.startTime = startTime;
    this.endTime = endTime;
  }

  *events(afterTime: number, untilTime: number, isWatched: (symbol: string) => boolean = () => true): Iterable<MarketEvent> {
    const until = Math.min(untilTime, this.endTime ?? untilTime);
    for (let minute = Math.max(this.startTime, minuteOf(afterTime)); minute <= until; minute += MINUTE_MS) {
      const events: MarketEvent[] = [];
      for (const [symbol, source] of this.#sources) {
        const some = isWatched(symbol) ? this.#symbolMinute(source, minute) : [...lastEvents(this.#walkOf(source, minute), afterTime, until), ...fundingOf(source, minute)];
        for (const event of some) if (event.time > afterTime && event.time <= until) events.push(event);
      }
      yield* events.toSorted((a, b) => a.time - b.time);
    }
  }

  minuteCandles(symbol: string, fromTime: number, toTime: number, now: number): readonly MinuteCandle[] {
    const source = this.#sources.get(symbol);
    if (source === undefined) return [];
    return this.#candles(source, fromTime, Math.min(toTime, now + 1)).map((candle) => minuteCandle(candle, minutePath(candle, source.units, source.pathSeed), source.units, now));
  }

  /** Without the path: its prints make up the candle, so a closed one is known before they are. */
  closedMinutes(symbol: string, fromTime: number, toTime: number): readonly ClosedMinute[] {
    const source = this.#sources.get(symbol);
    if (source === undefined) return [];
    const [perPrice, perQty] = [10 ** source.units.priceDecimals, 10 ** source.units.qtyDecimals];
    // A whole number by a power of ten is the number nearest to the decimal text of the two, as `Number` reads it.
    return this.#candles(source, fromTime, toTime).map(({ openTime, open, high, low, close, volume }) => ({
      openTime, open: open / perPrice, high: high / perPrice, low: low / perPrice, close: close / perPrice, volume: volume / perQty,
    }));
  }

  fundingHistory(symbol: string, fromTime: number, toTime: number): readonly FundingEvent[] {
    return this.#sources.get(symbol)?.funding(fromTime, toTime) ?? [];
  }

  #candles(source: CandleSource, fromTime: number, endTime: number): readonly UnitCandle[] {
    const first = Math.max(Math.ceil(fromTime / MINUTE_MS) * MINUTE_MS, source.firstOpenTime);
    const end = Math.min(endTime, (this.endTime ?? endTime) + 1, source.lastOpenTime + 1);
    const candles: UnitCandle[] = [];
    for (let minute = first; minute < end; minute += MINUTE_MS) candles.push(candleAt(source, minute));
    return candles;
  }

  #symbolMinute(source: CandleSource, minute: number): readonly MarketEvent[] {
    const { symbol } = source.instrument;
    if (this.#latest.minute !== minute) this.#latest = { minute, events: new Map() };
    const known = this.#latest.events.get(symbol);
    if (known !== undefined) return known;
    const events = [...minuteEvents(this.#walkOf(source, minute)), ...fundingOf(source, minute)];
    this.#latest.events.set(symbol, events);
    return events;
  }

  #walkOf(source: CandleSource, minute: number): MinuteWalk {
    const { symbol } = source.instrument;
    const recent = this.#walks.get(symbol) ?? [];
    const known = recent.find((walk) => walk.minute === minute);
    if (known !== undefined) return known;
    const before = recent.find((walk) => walk.minute === minute - MINUTE_MS) ?? source.candle(minute - MINUTE_MS);
    const walk = minuteWalk(symbol, candleAt(source, minute), source.units, source.pathSeed, before?.volume ?? 0);
    this.#walks.set(symbol, [walk, ...recent.slice(0, 1)]);
    return walk;
  }
}

/** Stands last in its minute, so that after the stable sort it is settled at the mark of its own moment. */
function fundingOf(source: CandleSource, minute: number): readonly FundingEvent[] {
  return source.funding(minute, minute + MINUTE_MS - 1);
}

function candleAt(source: CandleSource, minute: number): UnitCandle {
  const candle = source.candle(minute);
  if (candle === undefined) throw new RangeError(`${source.instrument.symbol} has no candle at ${minute}`);
  return candle;
}
