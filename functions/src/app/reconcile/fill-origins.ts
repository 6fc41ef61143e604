/** Who is behind fills that no intent under way explains, and what an operator hears of them. */
import type { Reading } from '../../domain/found.ts';
import { derivedId } from '../../domain/identity/derived-id.ts';
import { isAlarming, originOf } from '../../domain/ledger/fill-origin.ts';
import type { FillOrigin } from '../../domain/ledger/fill-origin.ts';
import type { VenueFill } from '../../domain/order/venue-order.ts';
import { fillId } from '../../schema/records/fill.ts';
import type { FillRecord } from '../../schema/records/fill.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { storedProtections } from '../exits/read-protections.ts';
import { raiseIncident } from '../incidents.ts';

/** By venue order id. */
export type FillOrigins = ReadonlyMap<string, FillOrigin>;

/** Where one could not be looked up nothing is said about any: who traded is asked again by the next sync. */
export async function readOrigins(deps: EngineDeps, symbol: string, fills: readonly VenueFill[]): Promise<Reading<FillOrigins>> {
  const unexplained = new Set(fills.map((fill) => fill.venueOrderId));
  const origins = new Map<string, FillOrigin>();
  const unread = await explainByStops(deps, symbol, unexplained, origins);
  if (unexplained.size > 0 && unread !== null) return unread;
  for (const venueOrderId of unexplained) {
    const order = await deps.step('adopt.find-order', () => deps.venue.findOrderOfFill({ symbol, venueOrderId }));
    if (order.kind === 'unavailable') return order;
    origins.set(venueOrderId, order.kind === 'found' ? originOf(order.value.clientOrderId) : 'other');
  }
  return { kind: 'found', value: origins, asOf: deps.clock.now() };
}

type Unavailable = Extract<Reading<never>, { kind: 'unavailable' }>;

/** Takes from `unexplained` the orders that our own stops of the symbol's positions have triggered, the latest stops first; answers what could not be read. */
async function explainByStops(deps: EngineDeps, symbol: string, unexplained: Set<string>, origins: Map<string, FillOrigin>): Promise<Unavailable | null> {
  if (unexplained.size === 0) return null;
  const stored = await storedProtections(deps.store, [positionKey(symbol, 'long'), positionKey(symbol, 'short')]);
  // The names in a damaged record are lost: a fill of such a stop is told by its order alone, at worst as somebody else's.
  const sent = [...stored.values()].flatMap((entry) => (entry === null || entry === 'corrupt' ? [] : entry.sent));
  let unread: Unavailable | null = null;
  for (const clientStopId of sent.toReversed()) {
    const found = await deps.step('adopt.find-stop', () => deps.venue.findStop({ symbol, clientStopId }));
    if (found.kind === 'absent') continue;
    if (found.kind === 'unavailable') unread = found;
    else if (found.value.venueOrderId === null) unread = found.value.status === 'triggered' ? { kind: 'unavailable', cause: `stop ${clientStopId} has triggered, its order is not told yet` } : unread;
    else if (unexplained.delete(found.value.venueOrderId)) origins.set(found.value.venueOrderId, 'stop');
    if (unexplained.size === 0) return null;
  }
  return unread;
}

/** Whether any of these fills keeps entries out of the symbol for a while. */
export function isHolding({ config }: EngineDeps, fills: readonly FillRecord[], origins: FillOrigins): boolean {
  return fills.some((fill) => isAlarming(origins.get(fill.venueOrderId) ?? 'other', config.risk.foreign.positions));
}

/** One incident per kind of origin that is alarming. */
export async function tellOrigins(deps: EngineDeps, symbol: string, fills: readonly FillRecord[], origins: FillOrigins): Promise<void> {
  for (const [origin, of] of Map.groupBy(fills, (fill) => origins.get(fill.venueOrderId) ?? 'other')) {
    if (isAlarming(origin, deps.config.risk.foreign.positions)) await raiseIncident(deps, incidentOf(deps, symbol, origin, of));
  }
}

const FOREIGN = {
  kind: 'foreignFills',
  what: 'that no order of ours explains',
  action: 'If nobody traded by hand, rotate the API key. Entries of the symbol are held: close the position (flatten), or set risk.json:foreign.positions to adopt or ignore.',
} as const;

const FORCED = {
  liquidation: { kind: 'liquidation', what: 'that the venue made to liquidate', action: 'Add margin or reduce leverage and exposure before the symbol may be entered again; see risk.json:foreign.holdMinutes.' },
  deleveraging: { kind: 'deleveraging', what: 'that the venue made to deleverage others', action: 'The position was profitable and was taken over at the mark price; nothing is wrong with the account. Entries wait for risk.json:foreign.holdMinutes.' },
} as const;

function incidentOf(deps: EngineDeps, symbol: string, origin: FillOrigin, fills: readonly FillRecord[]) {
  const { kind, what, action } = origin === 'liquidation' || origin === 'deleveraging' ? FORCED[origin] : FOREIGN;
  const trades = fills.map((fill) => `${fill.positionSide} ${fill.side} ${fill.qty} at ${fill.price} (trade ${fill.tradeId})`).join('; ');
  const now = deps.clock.now();
  return {
    id: `${kind}-${derivedId(kind, ...fills.map((fill) => fillId(symbol, fill.tradeId)))}`,
    record: {
      kind,
      summary: `${fills.length} fills of ${symbol} ${what} were booked`,
      symbol,
      intentId: null,
      ours: 'no order',
      venues: trades.slice(0, 1000),
      action,
      openedAt: now,
      lastSeenAt: now,
      seen: 1,
      resolvedAt: null,
    },
  };
}
