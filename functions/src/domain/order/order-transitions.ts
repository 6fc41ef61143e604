/**
 * How an order record moves. Closed: every observation of the venue maps to exactly one next record.
 *
 * 1. Terminal statuses never change back. A late fill after a cancel raises `executedQty` only.
 * 2. `executedQty` never falls: an older answer that arrives late cannot take a fill away.
 * 3. Absence proves nothing until `invalidAfterAt`: before it the request may still be on its way.
 */
import { decimal, max, text } from '../money/decimal.ts';
import type { OrderRecord, OrderStatus } from '../../schema/records/order.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { Found } from '../found.ts';
import type { CancelOutcome, PlacementOutcome, VenueOrder, VenueOrderStatus } from './venue-order.ts';

export function isTerminal(status: OrderStatus): boolean {
  switch (status) {
    case 'armed':
    case 'ambiguous':
    case 'working':
      return false;
    case 'filled':
    case 'canceled':
    case 'expired':
    case 'rejected':
    case 'absent':
      return true;
  }
}

function statusOf(venue: VenueOrderStatus): OrderStatus {
  switch (venue) {
    case 'new':
    case 'partiallyFilled':
      return 'working';
    case 'filled':
    case 'canceled':
    case 'expired':
    case 'rejected':
      return venue;
  }
}

/** The venue has shown the order: adopt what it says. */
export function observed(order: OrderRecord, venue: VenueOrder, now: EpochMs): OrderRecord {
  const executedQty = text(max(decimal(order.executedQty), venue.executedQty));
  if (isTerminal(order.status) && order.status !== 'absent') return { ...order, executedQty };
  const status = statusOf(venue.status);
  return {
    ...order,
    status,
    statusReason: status === 'working' ? null : `venue: ${venue.status}`,
    venueOrderId: venue.venueOrderId,
    executedQty,
    ackedAt: order.ackedAt ?? now,
    terminalAt: isTerminal(status) ? now : null,
  };
}

/** What the answer to the placement means. Only an armed order still waits for it; later knowledge is not undone. */
export function afterPlacement(order: OrderRecord, outcome: PlacementOutcome, now: EpochMs): OrderRecord {
  if (outcome.kind === 'accepted') return observed(order, outcome.order, now);
  if (order.status !== 'armed') return order;
  switch (outcome.kind) {
    case 'rejected':
      // A duplicate id means that an earlier send of this very attempt arrived: look it up, never conclude.
      if (outcome.code === 'duplicateClientOrderId') return ambiguous(order, 'duplicate client order id');
      return ended(order, 'rejected', `${outcome.code}: ${outcome.venueCode} ${outcome.message}`, now);
    case 'notPlaced':
      return { ...ended(order, 'absent', outcome.cause, now), retryAfterAt: now + outcome.retryAfterMs };
    case 'refusedByWriteGate':
      return ended(order, 'rejected', `writeGate: ${outcome.reason}`, now);
    case 'refusedByOperator':
      return ended(order, 'rejected', outcome.reason, now);
    case 'ambiguous':
      return ambiguous(order, outcome.cause);
  }
}

/** What a lookup by client order id means. */
export function afterLookup(order: OrderRecord, found: Found<VenueOrder>, now: EpochMs): OrderRecord {
  switch (found.kind) {
    case 'found':
      return observed(order, found.value, now);
    case 'unavailable':
      return order;
    case 'absent':
      if (order.status === 'working' || isTerminal(order.status) || found.asOf < order.invalidAfterAt) return order;
      return ended(order, 'absent', 'not at the venue after the request had become invalid', now);
  }
}

/** What the answer to a cancel means. An unknown order is a question: the next lookup answers it. */
export function afterCancel(order: OrderRecord, outcome: CancelOutcome, now: EpochMs): OrderRecord {
  const asked = { ...order, cancelRequestedAt: now };
  return outcome.kind === 'canceled' ? observed(asked, outcome.order, now) : asked;
}

function ambiguous(order: OrderRecord, cause: string): OrderRecord {
  return { ...order, status: 'ambiguous', statusReason: cause };
}

function ended(order: OrderRecord, status: 'rejected' | 'absent', reason: string, now: EpochMs): OrderRecord {
  return { ...order, status, statusReason: reason, terminalAt: now };
}
