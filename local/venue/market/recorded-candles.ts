// Recorded minute candles: one file, one symbol, every minute present, in order. Anything else is refused at its place.
import { basename } from 'node:path';
import { readCsvFile } from './csv-file.ts';
import { MarketDataError, refusedValue } from './market-data-error.ts';
import { MINUTE_MS } from './unit-candle.ts';
import type { UnitCandle } from './unit-candle.ts';

const COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;
const PRICE_COLUMNS = ['open', 'high', 'low', 'close'] as const;
const VALUE_COLUMNS = [...PRICE_COLUMNS, 'volume'] as const;
type ValueColumn = (typeof VALUE_COLUMNS)[number];

/** Fifteen significant digits are what a double keeps exactly. */
const DECIMAL = /^(?=.{1,16}$)\d+(?:\.(?<fraction>\d+))?$/;
const TIME = /^\d{12,14}$/;
const LARGEST_UNITS = 1e15;

/** What the contract allows; decimals are upper bounds. */
export interface CandleLimits {
  readonly priceDecimals: number;
  readonly qtyDecimals: number;
  readonly minPrice: number;
  readonly maxPrice: number;
}

export class RecordedCandles {
  readonly file: string;
  readonly #limits: CandleLimits;
  readonly #values: Record<ValueColumn, number[]> = { open: [], high: [], low: [], close: [], volume: [] };
  readonly #decimals = { price: 0, qty: 0 };
  #firstOpenTime = 0;

  /** Throws MarketDataError naming file, line, column, value and what is allowed. */
  static async read(path: string, limits: CandleLimits): Promise<RecordedCandles> {
    const candles = new RecordedCandles(basename(path), limits);
    await readCsvFile(path, COLUMNS, (fields, line) => candles.#append(fields, line));
    if (candles.count === 0)
      throw new MarketDataError(`${candles.file} has no candles, at least one is needed. Replace or remove it.`);
    return candles;
  }

  private constructor(file: string, limits: CandleLimits) {
    this.file = file;
    this.#limits = limits;
  }

  get count(): number {
    return this.#values.open.length;
  }

  get firstOpenTime(): number {
    return this.#firstOpenTime;
  }

  get lastOpenTime(): number {
    return this.#firstOpenTime + (this.count - 1) * MINUTE_MS;
  }

  /** Most decimal places found in any price and in any volume. */
  get decimals(): { readonly price: number; readonly qty: number } {
    return this.#decimals;
  }

  firstOpen(): number {
    return this.#values.open[0] ?? 0;
  }

  /** Random access in units of 10^-decimals, which must not be fewer than those found. */
  inUnits(priceDecimals: number, qtyDecimals: number): (openTime: number) => UnitCandle | undefined {
    const prices = PRICE_COLUMNS.map((column) => this.#columnUnits(column, priceDecimals));
    const [open, high, low, close] = prices;
    const volume = this.#columnUnits('volume', qtyDecimals);
    const firstOpenTime = this.#firstOpenTime;
    return (openTime) => {
      const i = (openTime - firstOpenTime) / MINUTE_MS;
      const at = { open: open?.[i], high: high?.[i], low: low?.[i], close: close?.[i], volume: volume[i] };
      if (
        at.open === undefined ||
        at.high === undefined ||
        at.low === undefined ||
        at.close === undefined ||
        at.volume === undefined
      )
        return undefined;
      return { openTime, open: at.open, high: at.high, low: at.low, close: at.close, volume: at.volume };
    };
  }

  #columnUnits(column: ValueColumn, decimals: number): Float64Array {
    const scale = 10 ** decimals;
    return Float64Array.from(this.#values[column], (value, i) => {
      const units = Math.round(value * scale);
      if (units > LARGEST_UNITS)
        throw this.#refused(i + 2, column, String(value), `at most ${LARGEST_UNITS / scale} at ${decimals} decimals`);
      return units;
    });
  }

  #append(fields: readonly string[], line: number): void {
    const [time = '', open = '', high = '', low = '', close = '', volume = ''] = fields;
    this.#appendTime(time, line);
    const texts = { open, high, low, close };
    for (const column of PRICE_COLUMNS) this.#values[column].push(this.#price(texts[column], column, line));
    this.#values.volume.push(this.#volume(volume, line));
    this.#checkShape(fields, line);
  }

  #appendTime(text: string, line: number): void {
    const time = TIME.test(text) ? Number(text) : Number.NaN;
    if (time % MINUTE_MS !== 0) throw this.#refused(line, 'time', text, 'a whole minute in epoch milliseconds');
    if (this.count === 0) {
      this.#firstOpenTime = time;
      return;
    }
    const expected = this.lastOpenTime + MINUTE_MS;
    if (time > expected) throw this.#refused(line, 'time', text, `the next minute ${expected}, for there must be no gap`);
    if (time < expected) throw this.#refused(line, 'time', text, `the next minute ${expected}, for times must rise`);
  }

  #price(text: string, column: ValueColumn, line: number): number {
    const { priceDecimals, minPrice, maxPrice } = this.#limits;
    const price = this.#decimal(text, 'price', priceDecimals);
    if (price !== undefined && price >= minPrice && price <= maxPrice) return price;
    throw this.#refused(
      line,
      column,
      text,
      `a plain decimal from ${minPrice} to ${maxPrice} with at most ${priceDecimals} decimals`,
    );
  }

  #volume(text: string, line: number): number {
    const volume = this.#decimal(text, 'qty', this.#limits.qtyDecimals);
    if (volume !== undefined) return volume;
    throw this.#refused(line, 'volume', text, `a plain decimal of at least 0 with at most ${this.#limits.qtyDecimals} decimals`);
  }

  #decimal(text: string, kind: 'price' | 'qty', mostDecimals: number): number | undefined {
    const match = DECIMAL.exec(text);
    const decimals = match?.groups?.['fraction']?.length ?? 0;
    if (match === null || decimals > mostDecimals) return undefined;
    this.#decimals[kind] = Math.max(this.#decimals[kind], decimals);
    return Number(text);
  }

  #checkShape(fields: readonly string[], line: number): void {
    const [open = 0, high = 0, low = 0, close = 0, volume = 0] = VALUE_COLUMNS.map((column) => this.#values[column].at(-1));
    if (high < Math.max(open, low, close)) throw this.#refused(line, 'high', fields[2] ?? '', 'at least open, low and close');
    if (low > Math.min(open, close)) throw this.#refused(line, 'low', fields[3] ?? '', 'at most open and close');
    if (volume === 0 && high !== low) throw this.#refused(line, 'volume', fields[5] ?? '', 'more than 0 where the price moved');
  }

  #refused(line: number, column: string, value: string, allowed: string): MarketDataError {
    return refusedValue({ file: this.file, line, column }, value, allowed);
  }
}
