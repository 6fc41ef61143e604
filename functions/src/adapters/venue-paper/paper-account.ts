// The paper account while a call works on it, and the form in which it is stored.
import { gunzipSync, gzipSync } from 'node:zlib';
import { Exchange } from '../../domain/matching/exchange.ts';
import type { ExchangeState } from '../../domain/matching/exchange-state.ts';
import { livePositions } from '../../domain/matching/position-book.ts';
import type { PaperAccountRecord } from '../../schema/records/paper-account.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { type PaperTerms, openingOf } from './paper-terms.ts';
import { pruned } from './pruned.ts';

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

export interface PaperAccount {
  readonly exchange: Exchange;
  readonly announced: Record<string, AnnouncedFunding>;
  readonly termsReadAt: Record<string, EpochMs>;
  readonly tradesPrunedUntil: Readonly<Record<string, EpochMs>>;
  readonly openedAt: EpochMs;
  marketAt: EpochMs;
  /** Whether an order, a trade, a stop or the wallet has changed since it was taken from the store. */
  readonly hasChanged: () => boolean;
}

/** The stored account, or at first use a new one. */
export function accountFrom(record: PaperAccountRecord | null, terms: PaperTerms, now: EpochMs): PaperAccount {
  let changed = record === null;
  const listener = (): void => {
    changed = true;
  };
  if (record === null) {
    const exchange = Exchange.open(openingOf(terms, now), listener);
    return { exchange, announced: {}, termsReadAt: {}, tradesPrunedUntil: {}, openedAt: now, marketAt: now, hasChanged: () => changed };
  }
  const books = readBooks(record.books);
  return {
    exchange: Exchange.restore(books.exchange, listener),
    announced: { ...books.announced },
    termsReadAt: { ...books.termsReadAt },
    tradesPrunedUntil: books.tradesPrunedUntil,
    openedAt: record.openedAt,
    marketAt: record.marketAt,
    hasChanged: () => changed,
  };
}

export function recordOf(account: PaperAccount, now: EpochMs): PaperAccountRecord {
  const { announced, termsReadAt, tradesPrunedUntil, openedAt, marketAt } = account;
  const books = pruned({ exchange: account.exchange.snapshot(), announced, termsReadAt, tradesPrunedUntil }, now);
  return { summary: summaryOf(account.exchange.state), books: writeBooks(books), openedAt, marketAt };
}

function writeBooks(books: PaperBooks): string {
  return gzipSync(JSON.stringify(books)).toString('base64');
}

/** Nobody but `writeBooks` makes such text, and a change of its form is a new schema version of the record. */
function readBooks(text: string): PaperBooks {
  const books: PaperBooks = JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString());
  return books;
}

function summaryOf(state: ExchangeState): string {
  const wallets = Object.entries(state.assets).map(([asset, { walletBalance }]) => `${walletBalance} ${asset}`);
  const positions = livePositions(state).map(({ symbol, positionSide, qty }) => `${symbol} ${positionSide} ${qty}`);
  const orders = Object.values(state.openOrders).flat().length;
  return [...wallets, ...positions, `${orders} open orders`, `${state.openAlgos.length} stops`].join(', ');
}
