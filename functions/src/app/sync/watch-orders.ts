/**
 * Looks once a sync for resting orders that we did not make, in one call for all symbols. The venue is asked before the
 * records: an order of ours is recorded before it is sent, so one without a record is never ours.
 */
import { text } from '../../domain/money/decimal.ts';
import { foreignOrders, namedLikeOurs } from '../../domain/order/foreign-orders.ts';
import type { VenueOrder } from '../../domain/order/venue-order.ts';
import { ORDERS } from '../../schema/records/order.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { foreignOrderIncidentId, raiseIncident } from '../incidents.ts';

/** Answers the ids of the incidents that its findings are; null when the venue could not be asked. */
export async function watchOrders(deps: EngineDeps): Promise<ReadonlySet<string> | null> {
  const mode = deps.config.risk.foreign.orders;
  if (mode === 'ignore') return new Set();
  const open = await deps.step('orders.read-open', () => deps.venue.openOrders());
  if (open.kind === 'unavailable') {
    deps.log.ordersUnavailable(open.cause);
    return null;
  }
  const claimed = namedLikeOurs(open.value);
  const recorded = claimed.length === 0 ? new Set<string>() : await deps.step('orders.read-records', () => readRecorded(deps, claimed));
  const foreign = foreignOrders(open.value, recorded);
  for (const order of foreign) {
    if (mode === 'alarm') await raiseIncident(deps, foreignIncident(order, deps.clock.now()));
    else await cancel(deps, order);
  }
  return new Set(foreign.map(({ symbol, clientOrderId }) => foreignOrderIncidentId(symbol, clientOrderId)));
}

async function readRecorded(deps: EngineDeps, claimed: readonly VenueOrder[]): Promise<ReadonlySet<string>> {
  const got = await deps.store.get(Object.fromEntries(claimed.map(({ clientOrderId }) => [clientOrderId, { collection: ORDERS, id: clientOrderId }])));
  return new Set(Object.entries(got).flatMap(([id, record]) => (record === null ? [] : [id])));
}

async function cancel(deps: EngineDeps, { symbol, clientOrderId }: VenueOrder): Promise<void> {
  if (deps.orderGate.kind === 'closed') return;
  const outcome = await deps.step('orders.cancel', () => deps.venue.cancel({ symbol, clientOrderId }));
  deps.log.foreignOrderCancelled(clientOrderId, symbol, outcome.kind);
}

function foreignIncident(order: VenueOrder, now: EpochMs) {
  const { clientOrderId, symbol, side, positionSide, qty, price, type } = order;
  return {
    id: foreignOrderIncidentId(symbol, clientOrderId),
    record: {
      kind: 'foreignOrder' as const,
      summary: `order ${clientOrderId} rests in ${symbol} and is not ours`,
      symbol,
      intentId: null,
      ours: 'no order',
      venues: `${side} ${text(qty)} ${positionSide} ${type} at ${price === null ? 'market' : text(price)}`,
      action: 'Cancel it at the venue, or set risk.json:foreign.orders to cancel or ignore. If nobody made it, rotate the API key.',
      openedAt: now,
      lastSeenAt: now,
      seen: 1,
      resolvedAt: null,
    },
  };
}
