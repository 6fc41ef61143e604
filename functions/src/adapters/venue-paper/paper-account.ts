// The paper account while a call works on it.
import { Exchange } from '../../domain/matching/exchange.ts';
import type { ExchangeState } from '../../domain/matching/exchange-state.ts';
import { livePositions } from '../../domain/matching/position-book.ts';
import type { PaperAccountRecord } from '../../schema/records/paper-account.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { type AnnouncedFunding, readBooks, writeBooks } from './paper-books.ts';
import { type PaperTerms, openingOf } from './paper-terms.ts';
import { pruned } from './pruned.ts';

/** All records are by symbol. */
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

function summaryOf(state: ExchangeState): string {
  const wallets = Object.entries(state.assets).map(([asset, { walletBalance }]) => `${walletBalance} ${asset}`);
  const positions = livePositions(state).map(({ symbol, positionSide, qty }) => `${symbol} ${positionSide} ${qty}`);
  const orders = Object.values(state.openOrders).flat().length;
  return [...wallets, ...positions, `${orders} open orders`, `${state.openAlgos.length} stops`].join(', ');
}
