/** Asks the venue where an order is. What it does not answer changes nothing. */
import { afterLookup } from '../../domain/order/order-transitions.ts';
import type { VenueOrder } from '../../domain/order/venue-order.ts';
import type { Found } from '../../domain/found.ts';
import { ORDERS } from '../../schema/records/order.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import type { Following } from './following.ts';
import type { EngineDeps } from '../engine-deps.ts';
import type { Held } from './fenced.ts';
import { fenced } from './fenced.ts';
import { ambiguousIncidentId, raiseIncident } from '../incidents.ts';

/** How long an order may stay unexplained before an operator hears of it. */
const PATIENCE_MS = 120_000;

export async function lookUp(deps: EngineDeps, held: Held, state: Following): Promise<Following> {
  const { order } = state;
  const found = await deps.step('confirm.look-up', () => deps.venue.findOrder({ symbol: order.symbol, clientOrderId: order.clientOrderId }));
  if (found.kind === 'unavailable') deps.log.lookupUnavailable(order.clientOrderId, found.cause);
  const now = deps.clock.now();
  const next = afterLookup(order, found, now);
  if (isUnexplained(next, found, now)) await raiseIncident(deps, unexplainedIncident(next, found, now));
  if (next === order || sameState(next, order)) return state;
  await deps.step('confirm.record-lookup', () =>
    fenced(deps, held, order.clientOrderId, (tx, work) => {
      if (work.order !== null) tx.set(ORDERS, order.clientOrderId, afterLookup(work.order, found, now));
    }),
  );
  return { ...state, order: next };
}

function sameState(a: OrderRecord, b: OrderRecord): boolean {
  return a.status === b.status && a.executedQty === b.executedQty && a.venueOrderId === b.venueOrderId;
}

/** Still unclear long after the request became invalid, or gone from the venue though it had been there. */
function isUnexplained(order: OrderRecord, found: Found<VenueOrder>, now: number): boolean {
  if (now < order.invalidAfterAt + PATIENCE_MS) return false;
  switch (order.status) {
    case 'armed':
    case 'ambiguous':
      return found.kind === 'unavailable';
    case 'working':
      return found.kind === 'absent';
    case 'filled':
    case 'canceled':
    case 'expired':
    case 'rejected':
    case 'absent':
      return false;
  }
}

function unexplainedIncident(order: OrderRecord, found: Found<VenueOrder>, now: number) {
  return {
    id: ambiguousIncidentId(order.clientOrderId),
    record: {
      kind: 'ambiguousTooLong' as const,
      summary: `order ${order.clientOrderId} is ${order.status} here and ${found.kind} at the venue`,
      symbol: order.symbol,
      intentId: order.intentId,
      ours: order.status,
      venues: found.kind === 'unavailable' ? `unavailable: ${found.cause}` : found.kind,
      action: 'Look the client order id up at the venue. The engine keeps asking and sends nothing more for this intent until it knows.',
      openedAt: now,
      lastSeenAt: now,
      seen: 1,
      resolvedAt: null,
    },
  };
}
