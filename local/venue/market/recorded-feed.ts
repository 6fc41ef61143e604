// A market from a directory of recordings: SYMBOL-1m-*.csv.gz (time,open,high,low,close,volume) and, if present,
// funding-rates.csv.gz (symbol,time,funding_rate). Without that file, or for symbols it does not have, no funding is
// settled: it is not made up.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FundingEvent } from '../../../functions/src/domain/matching/market-event.ts';
import { BUILT_IN_INSTRUMENTS } from './built-in-instruments.ts';
import type { CandleSource } from './candle-source.ts';
import { genericInstrument } from './generic-instrument.ts';
import { instrumentUnits } from './instrument-units.ts';
import { MarketDataError } from './market-data-error.ts';
import type { MarketFeed } from './market-feed.ts';
import { MinuteMarketFeed } from './minute-market-feed.ts';
import { seedOf } from './random-stream.ts';
import { RecordedCandles } from './recorded-candles.ts';
import type { CandleLimits } from './recorded-candles.ts';
import { readRecordedFunding } from './recorded-funding.ts';
import { MINUTE_MS } from './unit-candle.ts';

const CANDLE_FILE = /^(?<symbol>[\p{Lu}\p{Lo}\p{Lm}\p{M}\p{N}]+)-1m-.*\.csv\.gz$/u;
const FUNDING_FILE = 'funding-rates.csv.gz';
const UNKNOWN_CONTRACT: CandleLimits = { priceDecimals: 8, qtyDecimals: 8, minPrice: 1e-8, maxPrice: 1e6 };

export interface RecordedFeedOptions {
  readonly directory: string;
  /** Absent: every symbol of the directory. */
  readonly symbols?: readonly string[];
  /**
   * Where the market begins, a whole minute that all symbols have; what was recorded earlier is history.
   * Absent: the first such minute.
   */
  readonly startTime?: number;
  /** Without `startTime`: how much of the recording is history before the market begins. Milliseconds, whole minutes. */
  readonly historyMs?: number;
}

/** Throws MarketDataError for whatever cannot be used; nothing is skipped or repaired. */
export async function recordedFeed(options: RecordedFeedOptions): Promise<MarketFeed> {
  const names = (await readdir(options.directory)).toSorted();
  const files = chosenFiles(names, options);
  const [funding, ...recordings] = await Promise.all([
    names.includes(FUNDING_FILE)
      ? readRecordedFunding(join(options.directory, FUNDING_FILE))
      : new Map<string, readonly FundingEvent[]>(),
    ...[...files].map(async ([symbol, file]) => ({
      symbol,
      candles: await RecordedCandles.read(join(options.directory, file), limitsOf(symbol)),
    })),
  ]);
  const sources = recordings.map(({ symbol, candles }) => candleSource(symbol, candles, funding.get(symbol) ?? []));
  const { first, last } = commonMinutes(sources);
  const startTime = options.startTime ?? first + (options.historyMs ?? 0);
  if (!(startTime >= first && startTime <= last && startTime % MINUTE_MS === 0)) {
    throw new MarketDataError(
      `startTime ${startTime}: only a whole minute from ${first} to ${last} is allowed, which all recordings have. Choose one of these.`,
    );
  }
  return new MinuteMarketFeed(sources, startTime, last + MINUTE_MS - 1);
}

function chosenFiles(names: readonly string[], options: RecordedFeedOptions): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of names) {
    const symbol = CANDLE_FILE.exec(name)?.groups?.['symbol'];
    if (symbol === undefined) continue;
    const other = found.get(symbol);
    if (other !== undefined)
      throw new MarketDataError(
        `${options.directory}: ${other} and ${name} are both ${symbol}, one file is allowed. Remove one.`,
      );
    found.set(symbol, name);
  }
  const symbols = options.symbols ?? [...found.keys()];
  if (found.size === 0)
    throw new MarketDataError(
      `${options.directory} has no SYMBOL-1m-*.csv.gz file, at least one is needed. Name another directory.`,
    );
  return new Map(
    symbols.map((symbol) => {
      const file = found.get(symbol);
      if (file !== undefined) return [symbol, file];
      throw new MarketDataError(
        `symbol ${JSON.stringify(symbol)} is not recorded in ${options.directory}, only ${[...found.keys()].join(', ')}. Choose among these.`,
      );
    }),
  );
}

function limitsOf(symbol: string): CandleLimits {
  const instrument = BUILT_IN_INSTRUMENTS.get(symbol);
  if (instrument === undefined) return UNKNOWN_CONTRACT;
  return {
    priceDecimals: instrument.pricePrecision,
    qtyDecimals: instrument.quantityPrecision,
    minPrice: Number(instrument.minPrice),
    maxPrice: Number(instrument.maxPrice),
  };
}

function candleSource(symbol: string, candles: RecordedCandles, settlements: readonly FundingEvent[]): CandleSource {
  const { price: priceDecimals, qty: qtyDecimals } = candles.decimals;
  const instrument =
    BUILT_IN_INSTRUMENTS.get(symbol) ??
    genericInstrument({ symbol, priceDecimals, qtyDecimals, fundingIntervalHours: latestInterval(settlements) });
  return {
    instrument,
    units: instrumentUnits(instrument, 1, candles.firstOpen()),
    pathSeed: seedOf(`${symbol}/path`),
    firstOpenTime: candles.firstOpenTime,
    lastOpenTime: candles.lastOpenTime,
    candle: candles.inUnits(instrument.pricePrecision, instrument.quantityPrecision),
    funding: (fromTime, toTime) => settlements.filter(({ time }) => time >= fromTime && time <= toTime),
  };
}

function latestInterval(settlements: readonly FundingEvent[]): number {
  const last = settlements.at(-1);
  return last === undefined ? 8 : Math.round((last.nextFundingTime - last.time) / 3_600_000);
}

function commonMinutes(sources: readonly CandleSource[]): { readonly first: number; readonly last: number } {
  const first = Math.max(...sources.map((source) => source.firstOpenTime));
  const last = Math.min(...sources.map((source) => source.lastOpenTime));
  if (first <= last) return { first, last };
  const ranges = sources.map(
    ({ instrument, firstOpenTime, lastOpenTime }) => `${instrument.symbol} ${firstOpenTime} to ${lastOpenTime}`,
  );
  throw new MarketDataError(`the recordings share no minute: ${ranges.join(', ')}. Choose symbols recorded at the same time.`);
}
