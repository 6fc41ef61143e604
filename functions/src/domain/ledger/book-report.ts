/**
 * Books a venue's report of one order's trades: the fills not yet known move the position's lots, the exposure, the
 * reservation, the sums and the progress of order and intent, all in one result for one commit.
 *
 * Booking is keyed by trade id: a report with nothing new changes nothing, however often it comes, and one with more than
 * one commit can write is booked by coming again.
 */
import type { PositionMode } from '../account/account.ts';
import type { Decimal } from '../money/decimal.ts';
import { ZERO, decimal, isPositive, max, text } from '../money/decimal.ts';
import { plusText } from '../money/plus-text.ts';
import type { VenueFill } from '../order/venue-order.ts';
import type { FillRecord } from '../../schema/records/fill.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { TradeRecord } from '../../schema/records/trade.ts';
import { bookOnSides } from './book-on-sides.ts';
import type { PositionSides } from './book-on-sides.ts';
import { fillRecord } from './fill-record.ts';
import { freshFills } from './fresh-fills.ts';
import type { FillResult } from './risk-after-fill.ts';

export interface Books {
  readonly intent: IntentRecord;
  readonly order: OrderRecord;
  readonly positions: PositionSides;
  readonly risk: RiskState;
}

export interface BookedReport {
  readonly books: Books;
  readonly fills: readonly FillRecord[];
  readonly trades: readonly TradeRecord[];
  /** Closed more than the ledger held: an incident. */
  readonly overClosedQty: Decimal;
}

/** `known` are the trade ids already booked; `feeRate` gives the dollars per unit of a fee asset. */
export function bookReport(
  before: Books,
  report: readonly VenueFill[],
  known: ReadonlySet<string>,
  feeRate: (asset: string) => Decimal,
  mode: PositionMode,
): BookedReport {
  let books = before;
  let overClosedQty = ZERO;
  const fills: FillRecord[] = [];
  const trades: TradeRecord[] = [];
  const { intentId, tier, signal } = before.intent;
  const origin = { intentId, tier, strategy: signal?.strategy ?? null, closedBy: 'intent' as const };
  for (const fill of freshFills(report, known)) {
    const rate = feeRate(fill.feeAsset);
    const booked = bookOnSides(books, fill, rate, origin, mode);
    fills.push(fillRecord(fill, books.order, rate, booked.result));
    trades.push(...booked.trades);
    books = moved({ ...books, ...booked.books }, fill, booked.result);
    overClosedQty = overClosedQty.plus(booked.overClosedQty);
  }
  return { books, fills, trades, overClosedQty };
}

function moved(books: Books, fill: VenueFill, result: FillResult): Books {
  const { intent, order } = books;
  const bookedQty = decimal(order.bookedQty).plus(fill.qty);
  return {
    ...books,
    order: { ...order, bookedQty: text(bookedQty), executedQty: text(max(decimal(order.executedQty), bookedQty)) },
    intent: {
      ...intent,
      executedQty: plusText(intent.executedQty, fill.qty),
      executedQuoteUsd: plusText(intent.executedQuoteUsd, fill.qty.times(fill.price)),
      makerQty: fill.isMaker ? plusText(intent.makerQty, fill.qty) : intent.makerQty,
      feesUsd: plusText(intent.feesUsd, result.feeUsd),
      realizedPnlUsd: plusText(intent.realizedPnlUsd, result.realizedPnlUsd),
    },
  };
}

export function isOverClosed(booked: BookedReport): boolean {
  return isPositive(booked.overClosedQty);
}
