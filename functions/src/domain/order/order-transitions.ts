/**
 * How an order record moves. Closed: every observation of the venue maps to exactly one next record.
 *
 * 1. Terminal statuses never change back. A late fill after a cancel raises `executedQty` only.
 * 2. `executedQty` never falls: an older answer that arrives late cannot take a fill away.
 * 3. Absence proves nothing until `invalidAfterAt`: before it the request may still be on its way. Nor does it of an order
 *    that the venue has had, until that may have forgotten it: the venue never forgets one that is still open.
 */
import { decimal, max, text } from '../money/decimal.ts';
import type { OrderRecord, OrderStatus } from '../../schema/records/order.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { Found } from '../found.ts';
import type { CancelOutcome, PlacementOutcome, VenueOrder, VenueOrderStatus } from './venue-order.ts';

const HOUR_MS = 3_600_000;
/** The venue forgets what ended without a fill after 3 days, at the earliest; an hour more for its clock and its ways. */
const FORGOTTEN_AFTER_MS = (3 * 24 + 1) * HOUR_MS;

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
      return afterAbsence(order, found.asOf, now);
  }
}

/** What had filled of it stays, and is booked like that of any order that has ended. */
function afterAbsence(order: OrderRecord, asOf: EpochMs, now: EpochMs): OrderRecord {
  if (isTerminal(order.status)) return order;
  if (order.status !== 'working') return asOf < order.invalidAfterAt ? order : ended(order, 'absent', 'not at the venue after the request had become invalid', now);
  return asOf < order.armedAt + FORGOTTEN_AFTER_MS ? order : ended(order, 'canceled', 'no longer at the venue, which forgets orders that have ended', now);
}

/** What the answer to a cancel means. An unknown order is a question: the next lookup answers it. */
export function afterCancel(order: OrderRecord, outcome: CancelOutcome, now: EpochMs): OrderRecord {
  const asked = { ...order, cancelRequestedAt: now };
  return outcome.kind === 'canceled' ? observed(asked, outcome.order, now) : asked;
}

function ambiguous(order: OrderRecord, cause: string): OrderRecord {
  return { ...order, status: 'ambiguous', statusReason: cause };
}

function ended(order: OrderRecord, status: 'canceled' | 'rejected' | 'absent', reason: string, now: EpochMs): OrderRecord {
  return { ...order, status, statusReason: reason, terminalAt: now };
}
