import { ORDER_PREFIX } from '../identity/derived-id.ts';
import type { VenueOrder } from './venue-order.ts';

/** Resting orders that may be ours by their name: only a record of them proves it. */
export function namedLikeOurs(open: readonly VenueOrder[]): readonly VenueOrder[] {
  return open.filter(({ clientOrderId }) => clientOrderId.startsWith(ORDER_PREFIX));
}

/** Resting orders that we did not make: named by others, or named like ours without a record, as another deployment's are. */
export function foreignOrders(open: readonly VenueOrder[], recorded: ReadonlySet<string>): readonly VenueOrder[] {
  return open.filter(({ clientOrderId }) => !clientOrderId.startsWith(ORDER_PREFIX) || !recorded.has(clientOrderId));
}
