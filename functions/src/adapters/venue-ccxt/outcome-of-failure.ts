/**
 * What a failed mutation means. It is decided by Binance's code, then by HTTP status, never by ccxt's error class, and
 * everything that is not listed is ambiguous: the order may exist and has to be looked up.
 */
import type { VenueOutcome } from '../../domain/order/venue-order.ts';
import { type CallFailure, describeFailure } from './call-failure.ts';
import type { Refusal } from './refusal-of-reply.ts';
import { rejectCodeOf } from './reject-code.ts';

export type FailedOutcome = Extract<VenueOutcome, { kind: 'rejected' | 'notPlaced' | 'ambiguous' }>;

/** Refused without being executed; milliseconds until another try makes sense, unless the venue says so itself. */
const NOT_EXECUTED: ReadonlyMap<string, number> = new Map([
  ['-1001', 1000], // internal error, not processed
  ['-1003', 60_000], // too many requests
  ['-1008', 1000], // overloaded
  ['-1015', 10_000], // too many orders
  ['-1016', 60_000], // shutting down
  ['-1021', 0], // timestamp outside the receive window; the clock is measured anew
  ['-5028', 0], // the same, seen by the matching engine
]);

const TOO_MANY_ORDERS = '-1015';
const TOO_MANY_REQUESTS = '-1003';
const STOP_MS: ReadonlyMap<number, number> = new Map([
  [429, 60_000],
  [418, 120_000],
]);
const SERVICE_UNAVAILABLE = 'Service Unavailable.';
const RETRY_AFTER_OUTAGE_MS = 1000;

export function outcomeOfFailure(failure: CallFailure): FailedOutcome {
  const cause = describeFailure(failure);
  if (failure.kind === 'noAnswer') return { kind: 'ambiguous', cause };
  if (failure.kind === 'notSent') return { kind: 'notPlaced', cause, retryAfterMs: failure.retryAfterMs };
  return failure.code === null ? outcomeOfStatus(failure, cause) : outcomeOfCode(failure, failure.code, cause);
}

/**
 * The failure of a read that had to come before a mutation: whatever became of the read, the mutation was not sent.
 * Refusals and waits keep their meaning.
 */
export function asNotSent(subject: string, failure: CallFailure): CallFailure {
  const outcome = outcomeOfFailure(failure);
  if (outcome.kind !== 'ambiguous') return failure;
  return { kind: 'notSent', cause: `not sent without the ${subject}: ${outcome.cause}`, retryAfterMs: RETRY_AFTER_OUTAGE_MS };
}

function outcomeOfCode(refusal: Refusal, code: string, cause: string): FailedOutcome {
  const retryAfterMs = NOT_EXECUTED.get(code);
  if (retryAfterMs !== undefined) {
    return { kind: 'notPlaced', cause, retryAfterMs: Math.max(refusal.retryAfterMs ?? retryAfterMs, stopMsOf(refusal)) };
  }
  const rejectCode = rejectCodeOf(code);
  if (rejectCode !== null) return { kind: 'rejected', code: rejectCode, venueCode: code, message: refusal.message };
  // -1000, -1006 and -1007 say "unknown" themselves.
  return { kind: 'ambiguous', cause };
}

function outcomeOfStatus(refusal: Refusal, cause: string): FailedOutcome {
  const { status, message } = refusal;
  const stopMs = stopMsOf(refusal);
  if (stopMs > 0) return { kind: 'notPlaced', cause, retryAfterMs: stopMs };
  if (status === 503 && message === SERVICE_UNAVAILABLE) return { kind: 'notPlaced', cause, retryAfterMs: RETRY_AFTER_OUTAGE_MS };
  // The firewall in front of the venue: forbidden, or forbidden from this country.
  if (status === 403 || status === 451) return { kind: 'rejected', code: 'permission', venueCode: `HTTP ${status}`, message };
  return { kind: 'ambiguous', cause };
}

/** How long every call must wait after this refusal; 0 when others may go on. The order limit stops orders alone. */
export function stopMsOf({ status, code, retryAfterMs }: Refusal): number {
  if (code === TOO_MANY_ORDERS) return 0;
  const usual = STOP_MS.get(status) ?? (code === TOO_MANY_REQUESTS ? STOP_MS.get(429) : undefined);
  return usual === undefined ? 0 : (retryAfterMs ?? usual);
}
