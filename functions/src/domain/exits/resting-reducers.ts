import { ORDER_PREFIX } from '../identity/derived-id.ts';
import type { VenueOrder } from '../order/venue-order.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';

/**
 * Resting orders that claim part of the position an exit wants to close and that nobody of ours accounts for: the venue
 * refuses closes whose sum exceeds the position. Orders of our own exits are counted by their reservations.
 */
export function foreignReducers({ symbol, positionSide, side }: IntentRecord, open: readonly VenueOrder[]): readonly VenueOrder[] {
  return open.filter((order) => order.symbol === symbol && order.positionSide === positionSide && order.side === side && !order.clientOrderId.startsWith(ORDER_PREFIX));
}
