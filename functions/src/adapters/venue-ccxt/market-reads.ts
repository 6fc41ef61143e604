import type { CandleSeries } from '../../domain/market/market.ts';
import type { Reading } from '../../domain/found.ts';
import type { Venue } from '../../ports/venue.ts';
import type { EpochMs, Timeframe } from '../../schema/scalars.ts';
import { describeFailure } from './call-failure.ts';
import type { Connection } from './connection.ts';
import { mapConcurrently } from './map-concurrently.ts';
import { depthLimit, wireBook } from './parse-book.ts';
import { wireClosedCandles } from './parse-candles.ts';
import { wireInstruments } from './parse-instrument.ts';
import { wireMarks, wireQuotes } from './parse-market.ts';

type MarketReads = Pick<Venue, 'instruments' | 'quotes' | 'marks' | 'books' | 'candles'>;

const CONCURRENT_CALLS = 8;
/** Binance gives at most 1,500 candles, of which the last is usually still open. */
const MOST_CANDLES = 1499;

export function createMarketReads(connection: Connection): MarketReads {
  return {
    instruments: (symbols) => connection.read('fapiPublicGetExchangeInfo', {}, wireInstruments(symbols)),
    quotes: (symbols) => connection.read('fapiPublicGetTickerBookTicker', {}, wireQuotes(symbols)),
    marks: (symbols) => connection.read('fapiPublicGetPremiumIndex', {}, wireMarks(symbols)),
    books: (symbols, levels) => readBooks(connection, symbols, levels),
    async candles(symbols, timeframe, count) {
      if (!Number.isInteger(count) || count < 1 || count > MOST_CANDLES) {
        throw new RangeError(`candles: count is ${count}, allowed are 1 to ${MOST_CANDLES}`);
      }
      const now = await connection.venueNow();
      if (!now.ok) return { kind: 'unavailable', cause: describeFailure(now.failure) };
      const series = await mapConcurrently(symbols, CONCURRENT_CALLS, (symbol) =>
        readSeries(connection, { symbol, timeframe, count, venueNow: now.value }),
      );
      return allOrUnavailable(series, now.asOf);
    },
  };
}

/** One unreadable book must not blind us to the others; when there is no other, its cause is told. */
async function readBooks(connection: Connection, symbols: readonly string[], levels: number): ReturnType<Venue['books']> {
  const limit = depthLimit(levels);
  const asOf = connection.now();
  const readings = await mapConcurrently(symbols, CONCURRENT_CALLS, (symbol) =>
    connection.read('fapiPublicGetDepth', { symbol, limit: String(limit) }, wireBook(symbol, levels)),
  );
  const books = readings.flatMap((reading) => (reading.kind === 'found' ? [reading.value] : []));
  const failed = readings.find((reading) => reading.kind === 'unavailable');
  return books.length === 0 && failed !== undefined ? failed : { kind: 'found', value: books, asOf };
}

interface SeriesQuery {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly count: number;
  readonly venueNow: EpochMs;
}

async function readSeries(connection: Connection, { symbol, timeframe, count, venueNow }: SeriesQuery): Promise<Reading<CandleSeries>> {
  const params = { symbol, interval: timeframe, limit: String(count + 1) };
  const reading = await connection.read('fapiPublicGetKlines', params, wireClosedCandles(count, venueNow));
  if (reading.kind === 'unavailable') return { kind: 'unavailable', cause: `candles of ${symbol}: ${reading.cause}` };
  return { ...reading, value: { symbol, timeframe, candles: reading.value } };
}

function allOrUnavailable<T>(readings: readonly Reading<T>[], asOf: EpochMs): Reading<readonly T[]> {
  const values: T[] = [];
  for (const reading of readings) {
    if (reading.kind === 'unavailable') return reading;
    values.push(reading.value);
  }
  return { kind: 'found', value: values, asOf };
}
