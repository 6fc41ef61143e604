// What has to be read of the market before a call on the paper account can be answered.
import type { CandleSeries, Mark, Quote } from '../../domain/market/market.ts';
import type { Instrument } from '../../domain/market/instrument.ts';
import type { ExchangeState } from '../../domain/matching/exchange-state.ts';
import { symbolsAtStake } from '../../domain/matching/symbols-at-stake.ts';
import type { Found, Reading } from '../../domain/found.ts';
import type { Venue } from '../../ports/venue.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { PaperAccount } from './paper-account.ts';

/** The reads of a venue that need no account. */
export type PublicMarket = Pick<Venue, 'instruments' | 'quotes' | 'marks' | 'books' | 'candles'>;

export interface MarketSince {
  readonly readAt: EpochMs;
  /** Terms of contracts that were not known, or not lately. */
  readonly instruments: readonly Instrument[];
  /** Crossed ones are none: nobody could trade at them. */
  readonly quotes: readonly Quote[];
  readonly marks: readonly Mark[];
  /** Closed minutes that a resting order has lived through, of symbols that have one. */
  readonly minutes: readonly CandleSeries[];
}

export const MINUTE_MS = 60_000;
const TERMS_LAST_MS = 86_400_000;
const MOST_MINUTES = 1499;

/** Reads nothing when nothing is at stake and no symbol is asked about. */
export async function readMarketSince(market: PublicMarket, account: PaperAccount, asked: string | null, now: EpochMs): Promise<Reading<MarketSince>> {
  const { state } = account.exchange;
  const symbols = [...new Set([...symbolsAtStake(state), ...(asked === null ? [] : [asked])])];
  if (symbols.length === 0) return { kind: 'found', asOf: now, value: { readAt: now, instruments: [], quotes: [], marks: [], minutes: [] } };
  const stale = symbols.filter((symbol) => now - (account.termsReadAt[symbol] ?? -TERMS_LAST_MS) >= TERMS_LAST_MS);
  const owed = symbols.map((symbol) => ({ symbol, count: minutesOwed(state, symbol, now) })).filter(({ count }) => count > 0);
  const [instruments, quotes, marks, minutes] = await Promise.all([
    stale.length === 0 ? none(now) : market.instruments(stale),
    market.quotes(symbols),
    market.marks(symbols),
    owed.length === 0 ? none(now) : market.candles(owed.map(({ symbol }) => symbol), '1m', Math.min(MOST_MINUTES, Math.max(...owed.map(({ count }) => count)))),
  ]);
  if (instruments.kind === 'unavailable') return instruments;
  if (quotes.kind === 'unavailable') return quotes;
  if (marks.kind === 'unavailable') return marks;
  if (minutes.kind === 'unavailable') return minutes;
  return {
    kind: 'found',
    asOf: now,
    value: { readAt: now, instruments: instruments.value, quotes: quotes.value.filter(({ bid, ask }) => bid.lt(ask)), marks: marks.value, minutes: minutes.value },
  };
}

function none(asOf: EpochMs): Extract<Found<readonly never[]>, { kind: 'found' }> {
  return { kind: 'found', value: [], asOf };
}

/**
 * From where on closed minutes count for a symbol's resting orders: only minutes that began after the youngest of them was
 * placed, and none twice. Null without resting orders.
 */
export function minutesCountFrom(state: ExchangeState, symbol: string): EpochMs | null {
  const orders = state.openOrders[symbol] ?? [];
  if (orders.length === 0) return null;
  const youngest = Math.max(...orders.map(({ time }) => time));
  const unlived = Math.ceil(youngest / MINUTE_MS) * MINUTE_MS;
  const market = state.markets[symbol];
  return market === undefined ? unlived : Math.max(unlived, Math.floor(market.lastTime / MINUTE_MS) * MINUTE_MS);
}

function minutesOwed(state: ExchangeState, symbol: string, now: EpochMs): number {
  const from = minutesCountFrom(state, symbol);
  return from === null ? 0 : Math.max(0, Math.floor((now - from) / MINUTE_MS));
}
