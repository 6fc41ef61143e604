/** Reads an order's trades at the venue and books those not yet known, in one commit unless they are very many. */
import { derivedId } from '../../domain/identity/derived-id.ts';
import { bookReport, isOverClosed } from '../../domain/ledger/book-report.ts';
import type { BookedReport } from '../../domain/ledger/book-report.ts';
import { MOST_FILLS_AT_ONCE } from '../../domain/ledger/fresh-fills.ts';
import { text } from '../../domain/money/decimal.ts';
import type { Decimal } from '../../domain/money/decimal.ts';
import type { VenueFill } from '../../domain/order/venue-order.ts';
import { isEntry } from '../../domain/risk/order-reading.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import { ORDERS } from '../../schema/records/order.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { feeRates } from '../ledger/fee-rates.ts';
import type { Held } from './fenced.ts';
import { fenced } from './fenced.ts';
import type { Following } from './following.ts';
import { raiseIncident } from '../incidents.ts';
import { bookingMode, knownTrades, readPositions, writeBooked } from '../ledger/ledger-records.ts';

export async function bookFills(deps: EngineDeps, held: Held, state: Following): Promise<Following> {
  const report = await deps.step('confirm.read-fills', () => readReport(deps, state));
  if (report === null) return state;
  let reached = state;
  for (;;) {
    const booked = await deps.step('confirm.book-fills', () => bookSome(deps, held, reached, report));
    if (booked === null) return reached;
    reached = { intent: booked.books.intent, order: booked.books.order };
    if (isOverClosed(booked)) await raiseIncident(deps, overCloseIncident(reached, booked, deps.clock.now()));
    if (booked.fills.length < MOST_FILLS_AT_ONCE) return reached;
  }
}

/** As many as one commit takes. Null when booking has to wait. */
function bookSome(deps: EngineDeps, held: Held, { order }: Following, report: Report): Promise<BookedReport | null> {
  const { symbol, positionSide, clientOrderId } = order;
  return fenced(deps, held, clientOrderId, async (tx, work): Promise<BookedReport | null> => {
    if (work.order === null) return null;
    const known = await knownTrades(tx, symbol, report.fills);
    const positions = await readPositions(tx, symbol);
    const mode = await bookingMode(deps, tx, positions, report.fills);
    if (mode === null) return null;
    const result = bookReport({ positions, intent: work.intent, order: work.order, risk: work.risk }, report.fills, known, report.feeRate, mode);
    // What it closed was bought by an entry whose fills are not booked yet: they come first, in the order of the venue.
    if (isOverClosed(result) && isEntryUnderWay(work.risk, positionKey(symbol, positionSide))) return null;
    if (result.fills.length === 0) return result;
    writeBooked(tx, positions, result);
    tx.set(ORDERS, clientOrderId, result.books.order);
    tx.set(INTENTS, held.intentId, result.books.intent);
    return result;
  });
}

function isEntryUnderWay({ reservations }: RiskState, key: string): boolean {
  return Object.values(reservations).some((line) => isEntry(line.purpose) && positionKey(line.symbol, line.positionSide) === key);
}

interface Report {
  readonly fills: readonly VenueFill[];
  readonly feeRate: (asset: string) => Decimal;
}

/** Null when trades or the rate of a fee asset cannot be read now: booking waits, it never guesses. */
async function readReport(deps: EngineDeps, { order }: Following): Promise<Report | null> {
  if (order.venueOrderId === null) return null;
  const reading = await deps.venue.fillsOfOrder({ symbol: order.symbol, clientOrderId: order.clientOrderId, venueOrderId: order.venueOrderId });
  if (reading.kind === 'unavailable') {
    deps.log.lookupUnavailable(order.clientOrderId, reading.cause);
    return null;
  }
  const rates = await feeRates(deps, reading.value);
  if (rates.kind === 'unavailable') {
    deps.log.lookupUnavailable(order.clientOrderId, rates.cause);
    return null;
  }
  return { fills: reading.value, feeRate: rates.value };
}

function overCloseIncident({ order }: Following, booked: BookedReport, now: number) {
  return {
    id: `overClose-${derivedId('overClose', order.clientOrderId)}`,
    record: {
      kind: 'overClose' as const,
      summary: `order ${order.clientOrderId} closed ${text(booked.overClosedQty)} more ${order.symbol} ${order.positionSide} than the ledger held`,
      symbol: order.symbol,
      intentId: order.intentId,
      ours: 'flat',
      venues: `${text(booked.overClosedQty)} beyond flat`,
      action: 'Compare positions/* with the venue; somebody else may have traded this account.',
      openedAt: now,
      lastSeenAt: now,
      seen: 1,
      resolvedAt: null,
    },
  };
}
