/**
 * Where calls meet the stored account. Any number of instances work on one account at once.
 *
 * 1. A change is one transaction: load, catch up with the market, act, store. Its body may run again, also after a commit
 *    that only seemed to fail; `firstOrderId` is the same in every run and tells what an earlier run has placed.
 * 2. A look computes from what is stored and the market read now; it stores only what the market did to the account, or
 *    once a minute what the market announced.
 * 3. Looks at the same time share one computation, but never one that began before a change of this process ended.
 */
import type { Exchange } from '../../domain/matching/exchange.ts';
import type { Reading } from '../../domain/found.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { Venue } from '../../ports/venue.ts';
import { PAPER_ACCOUNT, PAPER_ACCOUNT_ID } from '../../schema/records/paper-account.ts';
import type { PaperAccountRecord } from '../../schema/records/paper-account.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { catchUp } from './catch-up.ts';
import { MINUTE_MS, type MarketSince, type PublicMarket, readMarketSince } from './market-since.ts';
import { type PaperAccount, accountFrom, recordOf } from './paper-account.ts';
import type { PaperTerms } from './paper-terms.ts';

export interface DeskOptions {
  readonly market: PublicMarket;
  readonly store: Store;
  readonly clock: Clock;
  readonly terms: PaperTerms;
  /** The Venue port on an exchange, at the time of its clock. */
  readonly venueOn: (exchange: Exchange, clock: Clock) => Venue;
}

/** The account at one moment, as a venue. */
export interface Sight {
  readonly venue: Venue;
  readonly account: PaperAccount;
  readonly since: MarketSince;
}

export interface Act extends Sight {
  readonly firstOrderId: string;
}

export type Change<T> =
  | { readonly kind: 'made'; readonly value: T }
  | { readonly kind: 'notMade'; readonly cause: string }
  | { readonly kind: 'unclear'; readonly cause: string };

export interface AccountDesk {
  look(symbol: string | null): Promise<Reading<Sight>>;
  change<T>(symbol: string | null, act: (at: Act) => Promise<T>): Promise<Change<T>>;
}

const WANTED = { record: { collection: PAPER_ACCOUNT, id: PAPER_ACCOUNT_ID } };

export function createAccountDesk({ market, store, clock, terms, venueOn }: DeskOptions): AccountDesk {
  let looking: { readonly symbol: string | null; readonly sight: Promise<Reading<Sight>> } | null = null;

  const venueAt = ({ exchange }: PaperAccount, now: EpochMs): Venue => venueOn(exchange, { now: () => now, sleep: (ms) => clock.sleep(ms) });

  const approach = async (symbol: string | null): Promise<Reading<Sight>> => {
    const now = clock.now();
    const stored = await read(store, now);
    if (stored.kind === 'unavailable') return stored;
    const account = accountFrom(stored.value, terms, now);
    const since = await readMarketSince(market, account, symbol, now);
    if (since.kind === 'unavailable') return { kind: 'unavailable', cause: `market: ${since.cause}` };
    const announcedAt = account.marketAt;
    catchUp(account, since.value, terms);
    const sight = { venue: venueAt(account, now), account, since: since.value };
    if (!account.hasChanged() && (since.value.marks.length === 0 || now - announcedAt < MINUTE_MS)) return { kind: 'found', value: sight, asOf: now };
    const saved = await transact(since.value, (act) => Promise.resolve(act));
    return saved.kind === 'made' ? { kind: 'found', value: saved.value, asOf: now } : { kind: 'unavailable', cause: saved.cause };
  };

  const transact = async <T>(since: MarketSince, act: (at: Act) => Promise<T>): Promise<Change<T>> => {
    let firstOrderId: string | null = null;
    let bug: { readonly error: unknown } | null = null;
    try {
      const value = await store.transact(async (tx) => {
        const { record } = await tx.get(WANTED);
        try {
          const now = clock.now();
          const account = accountFrom(record, terms, now);
          catchUp(account, since, terms);
          firstOrderId ??= account.exchange.state.nextOrderId;
          const result = await act({ venue: venueAt(account, now), account, since, firstOrderId });
          tx.set(PAPER_ACCOUNT, PAPER_ACCOUNT_ID, recordOf(account, now));
          return result;
        } catch (error) {
          bug = { error };
          throw error;
        }
      });
      return { kind: 'made', value };
    } catch (error) {
      if (bug !== null) throw error;
      return { kind: 'unclear', cause: `paper account: ${causeOf(error)}` };
    } finally {
      looking = null;
    }
  };

  return {
    look(symbol) {
      if (looking !== null && (symbol === null || looking.symbol === symbol)) return looking.sight;
      const sight = approach(symbol).finally(() => {
        if (looking?.sight === sight) looking = null;
      });
      looking = { symbol, sight };
      return sight;
    },
    async change(symbol, act) {
      const now = clock.now();
      const stored = await read(store, now);
      if (stored.kind === 'unavailable') return { kind: 'notMade', cause: stored.cause };
      const since = await readMarketSince(market, accountFrom(stored.value, terms, now), symbol, now);
      return since.kind === 'unavailable' ? { kind: 'notMade', cause: `market: ${since.cause}` } : transact(since.value, act);
    },
  };
}

async function read(store: Store, asOf: EpochMs): Promise<Reading<PaperAccountRecord | null>> {
  try {
    const { record } = await store.get(WANTED);
    return { kind: 'found', value: record, asOf };
  } catch (error) {
    return { kind: 'unavailable', cause: `paper account: ${causeOf(error)}` };
  }
}

function causeOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
