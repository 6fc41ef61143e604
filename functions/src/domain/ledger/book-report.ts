/**
 * Books a venue's report of one order's trades: the fills not yet known move the position's lots, the exposure, the
 * reservation, the sums and the progress of order and intent, all in one result for one commit.
 *
 * Booking is keyed by trade id: a report with nothing new changes nothing, however often it comes.
 */
import type { Decimal } from '../money/decimal.ts';
import { ZERO, decimal, isPositive, max, text } from '../money/decimal.ts';
import { plusText } from '../money/plus-text.ts';
import type { VenueFill } from '../order/venue-order.ts';
import { applyExposure, shrinkReservation } from '../risk/reservations.ts';
import { noteFill } from '../risk/risk-windows.ts';
import type { FillRecord } from '../../schema/records/fill.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import type { PositionRecord } from '../../schema/records/position.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import { bookFill } from './book-fill.ts';

export interface Books {
  readonly intent: IntentRecord;
  readonly order: OrderRecord;
  readonly position: PositionRecord | null;
  readonly risk: RiskState;
}

export interface BookedReport {
  readonly books: Books;
  readonly fills: readonly FillRecord[];
  /** Closed more than the ledger held: an incident. */
  readonly overClosedQty: Decimal;
}

/** `known` are the trade ids already booked; `feeRate` gives the dollars per unit of a fee asset. */
export function bookReport(
  before: Books,
  report: readonly VenueFill[],
  known: ReadonlySet<string>,
  feeRate: (asset: string) => Decimal,
): BookedReport {
  const byTradeId = new Map(report.map((fill) => [fill.tradeId, fill]));
  const fresh = [...byTradeId.values()]
    .filter((fill) => !known.has(fill.tradeId))
    .toSorted((a, b) => a.filledAt - b.filledAt || compareIds(a.tradeId, b.tradeId));
  let books = before;
  let overClosedQty = ZERO;
  const fills: FillRecord[] = [];
  for (const fill of fresh) {
    const rate = feeRate(fill.feeAsset);
    const feeUsd = fill.feeAmount.times(rate);
    const owner = { tier: books.intent.tier, strategy: books.intent.signal?.strategy ?? null };
    const booked = bookFill(books.position, fill, feeUsd, owner);
    fills.push(fillRecord(fill, books.order, feeUsd, rate, booked.realizedPnlUsd));
    books = moved(books, fill, booked.position, feeUsd, booked.realizedPnlUsd);
    overClosedQty = overClosedQty.plus(booked.overClosedQty);
  }
  return { books, fills, overClosedQty };
}

/** Trade ids are numbers of any length. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function moved(books: Books, fill: VenueFill, position: PositionRecord, feeUsd: Decimal, realized: Decimal): Books {
  const { intent, order } = books;
  const bookedQty = decimal(order.bookedQty).plus(fill.qty);
  return {
    position,
    risk: movedRisk(books.risk, intent.intentId, fill, position, feeUsd, realized),
    order: { ...order, bookedQty: text(bookedQty), executedQty: text(max(decimal(order.executedQty), bookedQty)) },
    intent: {
      ...intent,
      executedQty: plusText(intent.executedQty, fill.qty),
      executedQuoteUsd: plusText(intent.executedQuoteUsd, fill.qty.times(fill.price)),
      makerQty: fill.isMaker ? plusText(intent.makerQty, fill.qty) : intent.makerQty,
      feesUsd: plusText(intent.feesUsd, feeUsd),
      realizedPnlUsd: plusText(intent.realizedPnlUsd, realized),
    },
  };
}

function movedRisk(
  risk: RiskState,
  intentId: string,
  fill: VenueFill,
  position: PositionRecord,
  feeUsd: Decimal,
  realized: Decimal,
): RiskState {
  const { totals } = risk;
  const shrunk = shrinkReservation(risk, intentId, fill.qty);
  const exposed = applyExposure(shrunk, position, { price: text(fill.price), filledAt: fill.filledAt });
  return {
    ...noteFill(exposed, fill.symbol, fill.filledAt),
    totals: {
      fills: totals.fills + 1,
      makerFills: totals.makerFills + (fill.isMaker ? 1 : 0),
      realizedPnlUsd: plusText(totals.realizedPnlUsd, realized),
      venueRealizedPnlUsd: plusText(totals.venueRealizedPnlUsd, fill.realizedPnl),
      feesUsd: plusText(totals.feesUsd, feeUsd),
    },
  };
}

function fillRecord(fill: VenueFill, order: OrderRecord, feeUsd: Decimal, rate: Decimal, realized: Decimal): FillRecord {
  return {
    tradeId: fill.tradeId,
    symbol: fill.symbol,
    venueOrderId: fill.venueOrderId,
    clientOrderId: order.clientOrderId,
    intentId: order.intentId,
    side: fill.side,
    positionSide: fill.positionSide,
    qty: text(fill.qty),
    price: text(fill.price),
    isMaker: fill.isMaker,
    feeAmount: text(fill.feeAmount),
    feeAsset: fill.feeAsset,
    feeUsd: text(feeUsd),
    feeRateUsd: text(rate),
    realizedPnlUsd: text(realized),
    venueRealizedPnlUsd: text(fill.realizedPnl),
    filledAt: fill.filledAt,
  };
}

export function isOverClosed(booked: BookedReport): boolean {
  return isPositive(booked.overClosedQty);
}
