import type { VenueOutcome } from '../../domain/order/venue-order.ts';
import type { Delivery } from './faulty-link.ts';

const RETRY_AFTER_MS = 1000;

/** What a mutation came to that got no answer from the exchange. */
export function failedDelivery({ kind, cause }: Exclude<Delivery<never>, { kind: 'answered' }>): Extract<VenueOutcome, { kind: 'ambiguous' | 'notPlaced' }> {
  return kind === 'ambiguous' ? { kind, cause } : { kind: 'notPlaced', cause, retryAfterMs: RETRY_AFTER_MS };
}
