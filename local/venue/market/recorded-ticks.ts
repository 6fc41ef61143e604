// Raw trades and best quotes of one symbol: SYMBOL-trades.csv.gz and SYMBOL-bookTicker.csv.gz. Both carry the time of
// arrival in nanoseconds, which orders the two among themselves within one millisecond of exchange time.
import { basename } from 'node:path';
import type { QuoteEvent, TradeEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import { readCsvFile } from './csv-file.ts';
import { refusedValue } from './market-data-error.ts';

const QUOTE_COLUMNS = ['localNs', 'eventTime', 'txTime', 'updateId', 'bid', 'bidQty', 'ask', 'askQty'] as const;
const TRADE_COLUMNS = ['localNs', 'eventTime', 'tradeTime', 'tradeId', 'price', 'qty', 'buyerIsMaker', 'X'] as const;

export interface Tick {
  /** 19 digits, compared as text. */
  readonly arrival: string;
  readonly event: QuoteEvent | TradeEvent;
}

/** Throws MarketDataError naming file, line, column, value and what is allowed. */
export async function readRecordedQuotes(path: string, instrument: VenueInstrument): Promise<readonly Tick[]> {
  return readTicks(path, QUOTE_COLUMNS, (row) => {
    const time = row.time('txTime');
    const [bidPrice, bidQty] = [row.amount('bid', instrument.pricePrecision), row.amount('bidQty', instrument.quantityPrecision)];
    const [askPrice, askQty] = [row.amount('ask', instrument.pricePrecision), row.amount('askQty', instrument.quantityPrecision)];
    if (Number(bidPrice) >= Number(askPrice)) throw row.refused('bid', `less than the ask ${askPrice}`);
    return { kind: 'quote', symbol: instrument.symbol, time, bidPrice, bidQty, askPrice, askQty };
  });
}

/** Throws MarketDataError naming file, line, column, value and what is allowed. */
export async function readRecordedTrades(path: string, instrument: VenueInstrument): Promise<readonly Tick[]> {
  return readTicks(path, TRADE_COLUMNS, (row) => {
    const time = row.time('tradeTime');
    const [price, qty] = [row.amount('price', instrument.pricePrecision), row.amount('qty', instrument.quantityPrecision)];
    row.oneOf('X', ['MARKET']);
    const aggressor = row.oneOf('buyerIsMaker', ['0', '1']) === '1' ? 'SELL' : 'BUY';
    return { kind: 'trade', symbol: instrument.symbol, time, price, qty, aggressor };
  });
}

async function readTicks(
  path: string,
  columns: readonly string[],
  eventOf: (row: TickRow) => Tick['event'],
): Promise<readonly Tick[]> {
  const ticks: Tick[] = [];
  await readCsvFile(path, columns, (fields, line) => {
    const row = new TickRow(basename(path), line, columns, fields);
    const before = ticks.at(-1);
    const [arrival, event] = [row.text('localNs'), eventOf(row)];
    if (!/^\d{19}$/.test(arrival)) throw row.refused('localNs', 'nanoseconds in 19 digits');
    if (before !== undefined && arrival < before.arrival)
      throw row.refused('localNs', `at least ${before.arrival}, for times must not fall`);
    if (before !== undefined && event.time < before.event.time)
      throw row.refused(columns[2] ?? '', `at least ${before.event.time}, for times must not fall`);
    ticks.push({ arrival, event });
  });
  return ticks;
}

class TickRow {
  readonly #file: string;
  readonly #line: number;
  readonly #columns: readonly string[];
  readonly #fields: readonly string[];

  constructor(file: string, line: number, columns: readonly string[], fields: readonly string[]) {
    this.#file = file;
    this.#line = line;
    this.#columns = columns;
    this.#fields = fields;
  }

  text(column: string): string {
    return this.#fields[this.#columns.indexOf(column)] ?? '';
  }

  time(column: string): number {
    const text = this.text(column);
    if (!/^\d{12,14}$/.test(text)) throw this.refused(column, 'epoch milliseconds');
    return Number(text);
  }

  /** A positive decimal text with at most `decimals` places that count. */
  amount(column: string, decimals: number): string {
    const text = this.text(column);
    const places = /^\d{1,12}(?:\.(?<fraction>\d*?)0*)?$/.exec(text);
    if (places === null || (places.groups?.['fraction'] ?? '').length > decimals || Number(text) === 0) {
      throw this.refused(column, `a plain decimal above 0 with at most ${decimals} decimals`);
    }
    return text;
  }

  oneOf(column: string, allowed: readonly string[]): string {
    const text = this.text(column);
    if (!allowed.includes(text)) throw this.refused(column, allowed.join(' or '));
    return text;
  }

  refused(column: string, allowed: string): Error {
    return refusedValue({ file: this.#file, line: this.#line, column }, this.text(column), allowed);
  }
}
