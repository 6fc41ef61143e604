/** Binance USD-M's public market without an account: no key is held, and only calls that need none can be made. */
import type { Clock } from '../../ports/clock.ts';
import type { Venue } from '../../ports/venue.ts';
import { createConnection } from './connection.ts';
import type { SharedBudget } from './connection.ts';
import { createMarketReads } from './market-reads.ts';
import { type VenueTarget, originOf } from './venue-origin.ts';
import { createWireFetch } from './wire-fetch.ts';

export type CcxtMarketOptions = VenueTarget & {
  readonly clock: Clock;
  /** For connect, headers and body of one call together. */
  readonly deadlineMs: number;
  readonly shared: SharedBudget | null;
};

/** Throws RangeError for a local address outside this machine. Calls nothing. */
export function createCcxtMarket(options: CcxtMarketOptions): Pick<Venue, 'instruments' | 'quotes' | 'marks' | 'books' | 'candles'> {
  const { clock, deadlineMs, shared } = options;
  const fetch = createWireFetch(originOf(options), deadlineMs);
  // Nothing is signed, so no receive window counts.
  return createMarketReads(createConnection({ apiKey: '', apiSecret: '', receiveWindowMs: 0, fetch, clock, shared }));
}
