/** Who is behind fills that no intent under way explains, and what an operator hears of them. */
import { derivedId } from '../domain/identity/derived-id.ts';
import { isAlarming, originOf } from '../domain/ledger/fill-origin.ts';
import type { FillOrigin } from '../domain/ledger/fill-origin.ts';
import type { VenueFill } from '../domain/order/venue-order.ts';
import { fillId } from '../schema/records/fill.ts';
import type { FillRecord } from '../schema/records/fill.ts';
import type { EngineDeps } from './engine-deps.ts';
import { raiseIncident } from './incidents.ts';

/** By venue order id. */
export type FillOrigins = ReadonlyMap<string, FillOrigin>;

/** `byStop` are the orders that our own stops have triggered. An order that cannot be looked up counts as somebody else's. */
export async function readOrigins(deps: EngineDeps, fills: readonly VenueFill[], byStop: ReadonlySet<string>): Promise<FillOrigins> {
  const symbols = new Map(fills.map(({ venueOrderId, symbol }) => [venueOrderId, symbol]));
  const origins = new Map<string, FillOrigin>();
  for (const [venueOrderId, symbol] of symbols) {
    if (byStop.has(venueOrderId)) {
      origins.set(venueOrderId, 'stop');
      continue;
    }
    const order = await deps.step('adopt.find-order', () => deps.venue.findOrderOfFill({ symbol, venueOrderId }));
    origins.set(venueOrderId, order.kind === 'found' ? originOf(order.value.clientOrderId) : 'other');
  }
  return origins;
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
