// The paper account as it is stored.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ExchangeState } from '../../domain/matching/exchange-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';

/** A settlement that the market has announced: `rate` is a fraction of notional at mark, positive paid by longs. */
export interface AnnouncedFunding {
  readonly rate: string;
  readonly settlesAt: EpochMs;
}

/** All records are by symbol. */
export interface PaperBooks {
  readonly exchange: ExchangeState;
  readonly announced: Readonly<Record<string, AnnouncedFunding>>;
  /** When the contract's terms were read from the market. */
  readonly termsReadAt: Readonly<Record<string, EpochMs>>;
  /** Time of the newest trade that has been pruned. */
  readonly tradesPrunedUntil: Readonly<Record<string, EpochMs>>;
}

export function writeBooks(books: PaperBooks): string {
  return gzipSync(JSON.stringify(books)).toString('base64');
}

/** Nobody but `writeBooks` makes such text, and a change of its form is a new schema version of the record. */
export function readBooks(text: string): PaperBooks {
  const books: PaperBooks = JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString());
  return books;
}
