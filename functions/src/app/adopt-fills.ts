/**
 * Books what happened to a symbol's positions without us: a stop that fired at the venue, a liquidation, a trade made by
 * hand. Called when a sync finds a quantity that our ledger cannot explain.
 */
import { derivedId } from '../domain/identity/derived-id.ts';
import { bookForeignFills } from '../domain/ledger/book-foreign-fills.ts';
import type { BookedForeign } from '../domain/ledger/book-foreign-fills.ts';
import { closedByOf } from '../domain/ledger/fill-origin.ts';
import { isPositive, text } from '../domain/money/decimal.ts';
import type { Decimal } from '../domain/money/decimal.ts';
import type { VenueFill } from '../domain/order/venue-order.ts';
import { withHold } from '../domain/risk/hold-symbol.ts';
import { fillId } from '../schema/records/fill.ts';
import { positionKey } from '../schema/records/position.ts';
import { PROTECTIONS } from '../schema/records/protection.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../schema/records/risk-state.ts';
import type { RiskState } from '../schema/records/risk-state.ts';
import type { EpochMs } from '../schema/scalars.ts';
import type { EngineDeps } from './engine-deps.ts';
import { feeRates } from './fee-rates.ts';
import { isHolding, readOrigins, tellOrigins } from './fill-origins.ts';
import type { FillOrigins } from './fill-origins.ts';
import { raiseIncident } from './incidents.ts';
import { knownTrades, positionMode, readPositions, writeBooked } from './ledger-records.ts';

/** How far back the venue is asked when nothing of the symbol has ever been booked. */
const FIRST_LOOK_BACK_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** How many fills were booked: none when the symbol has work of ours in flight or nothing new was found. */
export async function adoptFills(deps: EngineDeps, symbol: string, risk: RiskState): Promise<number> {
  const since = risk.lastFillAtBySymbol[symbol] ?? deps.clock.now() - FIRST_LOOK_BACK_MS;
  const report = await deps.step('adopt.read-fills', () => deps.venue.fillsSince(symbol, since));
  if (report.kind === 'unavailable') return nothing(deps, symbol, report.cause);
  const rates = await feeRates(deps, report.value);
  if (rates.kind === 'unavailable') return nothing(deps, symbol, rates.cause);
  const byStop = await stopOrders(deps, symbol);
  const origins = await readOrigins(deps, report.value, byStop);
  const booked = await deps.step('adopt.book-fills', () => book(deps, symbol, { fills: report.value, feeRate: rates.value, origins }));
  if (booked === null || booked.fills.length === 0) return 0;
  deps.log.fillsAdopted(symbol, booked.fills.length);
  await tellOrigins(deps, symbol, booked.fills, origins);
  if (isPositive(booked.overClosedQty)) await raiseIncident(deps, overCloseIncident(symbol, booked, deps.clock.now()));
  return booked.fills.length;
}

function nothing(deps: EngineDeps, symbol: string, cause: string): 0 {
  deps.log.fillsUnavailable(symbol, cause);
  return 0;
}

interface Report {
  readonly fills: readonly VenueFill[];
  readonly feeRate: (asset: string) => Decimal;
  readonly origins: FillOrigins;
}

/** Null when nothing may be booked now: work that began meanwhile books its own fills first, and the next sync compares again. */
function book(deps: EngineDeps, symbol: string, { fills: report, feeRate, origins }: Report): Promise<BookedForeign | null> {
  return deps.store.transact(async (tx) => {
    const { stored } = await tx.get({ stored: { collection: RISK_STATE, id: RISK_STATE_ID } });
    const risk = stored ?? EMPTY_RISK_STATE;
    const positions = await readPositions(tx, symbol);
    const mode = await positionMode(deps, tx);
    const busy = new Set(Object.values(risk.reservations).filter((entry) => entry.symbol === symbol).map((entry) => entry.positionSide));
    if (mode === null || (mode === 'oneWay' && busy.size > 0)) return null;
    const fills = report.filter((fill) => !busy.has(fill.positionSide));
    const known = await knownTrades(tx, symbol, fills);
    const tier = deps.limits.forSymbol(symbol).tier ?? 'none';
    const booked = bookForeignFills({ positions, risk }, fills, known, { tier, mode, feeRate, closedBy: (order) => closedByOf(origins.get(order) ?? 'other') });
    if (booked.fills.length === 0) return booked;
    const held = isHolding(deps, booked.fills, origins)
      ? withHold(booked.books.risk, symbol, deps.clock.now() + deps.config.risk.foreign.holdMinutes * MINUTE_MS)
      : booked.books.risk;
    writeBooked(tx, positions, { ...booked, books: { ...booked.books, risk: held } });
    for (const { symbol: of, positionSide } of booked.trades) {
      if (booked.books.risk.exposures[positionKey(of, positionSide)] === undefined) tx.delete(PROTECTIONS, positionKey(of, positionSide));
    }
    return booked;
  });
}

/** Venue orders that our own stops of the symbol's positions have triggered. */
async function stopOrders(deps: EngineDeps, symbol: string): Promise<ReadonlySet<string>> {
  const { long, short } = await deps.store.get({
    long: { collection: PROTECTIONS, id: positionKey(symbol, 'long') },
    short: { collection: PROTECTIONS, id: positionKey(symbol, 'short') },
  });
  const orders = new Set<string>();
  for (const { clientStopId } of [...(long?.resting ?? []), ...(short?.resting ?? [])]) {
    const found = await deps.step('adopt.find-stop', () => deps.venue.findStop({ symbol, clientStopId }));
    if (found.kind === 'found' && found.value.venueOrderId !== null) orders.add(found.value.venueOrderId);
  }
  return orders;
}

function overCloseIncident(symbol: string, { fills, overClosedQty }: BookedForeign, now: EpochMs) {
  return {
    id: `overClose-${derivedId('overClose', ...fills.map((fill) => fillId(symbol, fill.tradeId)))}`,
    record: {
      kind: 'overClose' as const,
      summary: `fills at the venue closed ${text(overClosedQty)} more ${symbol} than the ledger held`,
      symbol,
      intentId: null,
      ours: 'flat',
      venues: `${text(overClosedQty)} beyond flat`,
      action: 'Compare positions/* with the venue; the next sync compares again and says what remains.',
      openedAt: now,
      lastSeenAt: now,
      seen: 1,
      resolvedAt: null,
    },
  };
}
