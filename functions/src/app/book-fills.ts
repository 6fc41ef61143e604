/** Reads an order's trades at the venue and books those not yet known, in one commit. */
import { dollarRates } from '../domain/account/dollar-rates.ts';
import { derivedId } from '../domain/identity/derived-id.ts';
import { bookReport, isOverClosed } from '../domain/ledger/book-report.ts';
import type { BookedReport } from '../domain/ledger/book-report.ts';
import { text } from '../domain/money/decimal.ts';
import type { Decimal } from '../domain/money/decimal.ts';
import type { VenueFill } from '../domain/order/venue-order.ts';
import type { Transaction } from '../ports/store.ts';
import { FILLS, fillId } from '../schema/records/fill.ts';
import { INTENTS } from '../schema/records/intent.ts';
import { ORDERS } from '../schema/records/order.ts';
import { POSITIONS, positionKey } from '../schema/records/position.ts';
import { RISK_STATE, RISK_STATE_ID } from '../schema/records/risk-state.ts';
import type { EngineDeps } from './engine-deps.ts';
import type { Held } from './fenced.ts';
import { fenced } from './fenced.ts';
import type { Following } from './following.ts';
import { raiseIncident } from './incidents.ts';

export async function bookFills(deps: EngineDeps, held: Held, state: Following): Promise<Following> {
  const report = await deps.step('confirm.read-fills', () => readReport(deps, state));
  if (report === null) return state;
  const { symbol, positionSide, clientOrderId } = state.order;
  const position = { collection: POSITIONS, id: positionKey(symbol, positionSide) };
  const booked = await deps.step('confirm.book-fills', () =>
    fenced(deps, held, clientOrderId, async (tx, work): Promise<BookedReport | null> => {
      if (work.order === null) return null;
      const known = await knownTrades(tx, symbol, report.fills);
      const before = { ...(await tx.get({ position })), intent: work.intent, order: work.order, risk: work.risk };
      const result = bookReport(before, report.fills, known, report.feeRate);
      if (result.fills.length === 0) return result;
      for (const fill of result.fills) tx.create(FILLS, fillId(fill.symbol, fill.tradeId), fill);
      if (result.books.position !== null) tx.set(POSITIONS, position.id, result.books.position);
      tx.set(ORDERS, clientOrderId, result.books.order);
      tx.set(INTENTS, held.intentId, result.books.intent);
      tx.set(RISK_STATE, RISK_STATE_ID, result.books.risk);
      return result;
    }),
  );
  if (booked === null) return state;
  if (isOverClosed(booked)) await raiseIncident(deps, overCloseIncident(state, booked, deps.clock.now()));
  return { intent: booked.books.intent, order: booked.books.order };
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
  const assets = new Set(reading.value.map((fill) => fill.feeAsset));
  const known = dollarRates(assets, []);
  const marks = known.kind === 'rates' ? null : await deps.venue.marks([...assets].map((asset) => `${asset}USDT`));
  const valued = marks?.kind === 'found' ? dollarRates(assets, marks.value) : known;
  if (valued.kind === 'unknown') {
    deps.log.lookupUnavailable(order.clientOrderId, `no dollar rate for fee asset ${valued.asset}`);
    return null;
  }
  const { rates } = valued;
  const feeRate = (asset: string): Decimal => {
    const rate = rates.get(asset);
    if (rate === undefined) throw new RangeError(`no dollar rate for fee asset ${asset}`);
    return rate;
  };
  return { fills: reading.value, feeRate };
}

async function knownTrades(tx: Transaction, symbol: string, fills: readonly VenueFill[]): Promise<ReadonlySet<string>> {
  const wanted = Object.fromEntries(fills.map((fill) => [fill.tradeId, { collection: FILLS, id: fillId(symbol, fill.tradeId) }]));
  const got = await tx.get(wanted);
  return new Set(Object.entries(got).flatMap(([tradeId, record]) => (record === null ? [] : [tradeId])));
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
