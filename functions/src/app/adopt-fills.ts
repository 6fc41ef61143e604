/**
 * Books what happened to a position without us: a stop that fired at the venue, a liquidation, a trade made by hand. Called
 * when a sync finds a quantity that our ledger cannot explain while no work of ours is in flight on that side.
 */
import { dollarRates } from '../domain/account/dollar-rates.ts';
import type { Disagreement } from '../domain/account/compare-ledger.ts';
import { derivedId } from '../domain/identity/derived-id.ts';
import { bookForeignFills } from '../domain/ledger/book-foreign-fills.ts';
import type { VenueFill } from '../domain/order/venue-order.ts';
import { FILLS, fillId } from '../schema/records/fill.ts';
import type { FillRecord } from '../schema/records/fill.ts';
import { POSITIONS, positionKey } from '../schema/records/position.ts';
import { PROTECTIONS } from '../schema/records/protection.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../schema/records/risk-state.ts';
import type { RiskState } from '../schema/records/risk-state.ts';
import type { EpochMs, PositionSide } from '../schema/scalars.ts';
import type { EngineDeps } from './engine-deps.ts';
import { raiseIncident } from './incidents.ts';

/** How far back the venue is asked when nothing of the symbol has ever been booked. */
const FIRST_LOOK_BACK_MS = 86_400_000;

interface Side {
  readonly symbol: string;
  readonly positionSide: PositionSide;
}

/** How many fills were booked: none when the disagreement is not about a position or nothing new was found. */
export async function adoptFills(deps: EngineDeps, disagreement: Disagreement, risk: RiskState): Promise<number> {
  const side = sideOf(disagreement);
  if (side === null) return 0;
  const since = risk.lastFillAtBySymbol[side.symbol] ?? deps.clock.now() - FIRST_LOOK_BACK_MS;
  const report = await deps.step('adopt.read-fills', () => deps.venue.fillsSince(side.symbol, since));
  if (report.kind === 'unavailable') return nothing(deps, side.symbol, report.cause);
  const fills = report.value.filter((fill) => fill.positionSide === side.positionSide);
  const rates = dollarRates(new Set(fills.map((fill) => fill.feeAsset)), []);
  if (rates.kind === 'unknown') return nothing(deps, side.symbol, `no dollar rate for fee asset ${rates.asset}`);
  const byStop = await stopOrders(deps, side);
  const adopted = await deps.step('adopt.book-fills', () => book(deps, side, fills, rates.rates));
  if (adopted.length === 0) return 0;
  deps.log.fillsAdopted(positionKey(side.symbol, side.positionSide), adopted.length);
  const strange = adopted.filter((fill) => !byStop.has(fill.venueOrderId));
  if (strange.length > 0) await raiseIncident(deps, foreignIncident(side, strange, deps.clock.now()));
  return adopted.length;
}

function nothing(deps: EngineDeps, symbol: string, cause: string): 0 {
  deps.log.fillsUnavailable(symbol, cause);
  return 0;
}

/** Null for a disagreement that is not about a position. */
function sideOf({ key, symbol }: Disagreement): Side | null {
  if (symbol === null) return null;
  if (key === positionKey(symbol, 'long')) return { symbol, positionSide: 'long' };
  return key === positionKey(symbol, 'short') ? { symbol, positionSide: 'short' } : null;
}

function book(deps: EngineDeps, { symbol, positionSide }: Side, report: readonly VenueFill[], rates: ReadonlyMap<string, VenueFill['feeAmount']>): Promise<readonly FillRecord[]> {
  const key = positionKey(symbol, positionSide);
  return deps.store.transact(async (tx) => {
    const { risk: stored, position } = await tx.get({ risk: { collection: RISK_STATE, id: RISK_STATE_ID }, position: { collection: POSITIONS, id: key } });
    const risk = stored ?? EMPTY_RISK_STATE;
    // Work that began meanwhile books its own fills first; the next sync compares again.
    if (Object.values(risk.reservations).some((entry) => positionKey(entry.symbol, entry.positionSide) === key)) return [];
    const got = await tx.get(Object.fromEntries(report.map((fill) => [fill.tradeId, { collection: FILLS, id: fillId(symbol, fill.tradeId) }])));
    const known = new Set(Object.entries(got).flatMap(([tradeId, record]) => (record === null ? [] : [tradeId])));
    const tier = deps.limits.forSymbol(symbol).tier ?? 'none';
    const booked = bookForeignFills({ position, risk }, report, known, tier, (asset) => rates.get(asset) ?? unknownRate(asset));
    if (booked.fills.length === 0) return [];
    for (const fill of booked.fills) tx.create(FILLS, fillId(symbol, fill.tradeId), fill);
    if (booked.books.position !== null) tx.set(POSITIONS, key, booked.books.position);
    if (booked.books.risk.exposures[key] === undefined) tx.delete(PROTECTIONS, key);
    tx.set(RISK_STATE, RISK_STATE_ID, booked.books.risk);
    return booked.fills;
  });
}

function unknownRate(asset: string): never {
  throw new RangeError(`no dollar rate for fee asset ${asset}`);
}

/** Venue orders that our own stops of this position have triggered. */
async function stopOrders(deps: EngineDeps, { symbol, positionSide }: Side): Promise<ReadonlySet<string>> {
  const { protection } = await deps.store.get({ protection: { collection: PROTECTIONS, id: positionKey(symbol, positionSide) } });
  const orders = new Set<string>();
  for (const { clientStopId } of protection?.resting ?? []) {
    const found = await deps.step('adopt.find-stop', () => deps.venue.findStop({ symbol, clientStopId }));
    if (found.kind === 'found' && found.value.venueOrderId !== null) orders.add(found.value.venueOrderId);
  }
  return orders;
}

function foreignIncident({ symbol, positionSide }: Side, fills: readonly FillRecord[], now: EpochMs) {
  const trades = fills.map((fill) => `${fill.side} ${fill.qty} at ${fill.price} (trade ${fill.tradeId})`).join('; ');
  return {
    id: `foreignFills-${derivedId('foreignFills', ...fills.map((fill) => fillId(symbol, fill.tradeId)))}`,
    record: {
      kind: 'foreignFills' as const,
      summary: `${fills.length} fills of ${positionKey(symbol, positionSide)} that no order of ours explains were booked`,
      symbol,
      intentId: null,
      ours: 'no order',
      venues: trades.slice(0, 1000),
      action: 'If nobody traded by hand, rotate the API key; a liquidation or ADL shows in the income of the account.',
      openedAt: now,
      lastSeenAt: now,
      seen: 1,
      resolvedAt: null,
    },
  };
}
