/**
 * Binance USD-M as a Venue. ccxt signs and sends; meaning is decided here, by Binance's codes and exact text.
 *
 * 1. Every order carries our client id; nothing is ever sent twice by this adapter.
 * 2. An outcome is `rejected` or `notPlaced` only where the venue or the transport proves it; the rest is `ambiguous`.
 * 3. A read that fails in any way is `unavailable`; only the venue's own "order does not exist" is `absent`.
 */
import type { Clock } from '../../ports/clock.ts';
import type { VenueBudget } from '../../domain/requests/venue-budget.ts';
import type { Venue } from '../../ports/venue.ts';
import { createAccountReads } from './account-reads.ts';
import { createConnection } from './connection.ts';
import type { SharedBudget } from './connection.ts';
import { createFillReads } from './fill-reads.ts';
import { createMarketReads } from './market-reads.ts';
import { createOrderCalls } from './order-calls.ts';
import { createPositionModeReader } from './position-mode.ts';
import { createStopCalls, createStopReads } from './stop-calls.ts';
import { type VenueTarget, originOf } from './venue-origin.ts';
import { createWireFetch } from './wire-fetch.ts';
import { type WriteGate, behindWriteGate } from './write-gate.ts';

export type CcxtVenueOptions = VenueTarget & {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly clock: Clock;
  readonly writeGate: WriteGate;
  /** For connect, headers and body of one call together. */
  readonly deadlineMs?: number;
  /** Null where no other instance calls from the same address. */
  readonly shared?: SharedBudget | null;
};

export interface CcxtVenue extends Venue {
  /** What is known of request weight, order counts and bans. */
  budget(): VenueBudget;
}

const RECEIVE_WINDOW_MS = 5000;
const DEADLINE_MS = 8000;

/** Throws RangeError for empty credentials and for a local address outside this machine. Calls nothing. */
export function createCcxtVenue(options: CcxtVenueOptions): CcxtVenue {
  const { apiKey, apiSecret, clock, writeGate, deadlineMs = DEADLINE_MS, shared = null } = options;
  if (apiKey === '' || apiSecret === '') throw new RangeError('apiKey and apiSecret must not be empty: set the venue credentials');
  const connection = createConnection({
    apiKey,
    apiSecret,
    receiveWindowMs: RECEIVE_WINDOW_MS,
    fetch: createWireFetch(originOf(options), deadlineMs),
    clock,
    shared,
  });
  const positionMode = createPositionModeReader(connection);
  return {
    receiveWindowMs: RECEIVE_WINDOW_MS,
    ...createMarketReads(connection),
    ...createAccountReads(connection, positionMode),
    ...createFillReads(connection),
    ...createStopReads(connection),
    ...behindWriteGate(writeGate, { ...createOrderCalls(connection, positionMode), ...createStopCalls(connection, positionMode) }),
    budget: connection.budget,
  };
}
