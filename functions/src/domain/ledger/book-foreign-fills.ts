/**
 * Books fills of a symbol that no order of ours explains: a stop that fired at the venue, a liquidation, a trade made
 * by hand. The venue's truth moves the ledger exactly as our own fills do; nobody's intent is touched.
 */
import type { PositionMode } from '../account/account.ts';
import type { Decimal } from '../money/decimal.ts';
import { ZERO } from '../money/decimal.ts';
import type { VenueFill } from '../order/venue-order.ts';
import type { FillRecord } from '../../schema/records/fill.ts';
import type { TradeRecord } from '../../schema/records/trade.ts';
import { bookOnSides } from './book-on-sides.ts';
import type { SymbolBooks } from './book-on-sides.ts';
import { fillRecord } from './fill-record.ts';
import { freshFills } from './fresh-fills.ts';
import type { ClosedBy } from './round-trip.ts';

export interface BookedForeign {
  readonly books: SymbolBooks;
  readonly fills: readonly FillRecord[];
  readonly trades: readonly TradeRecord[];
  readonly overClosedQty: Decimal;
}

export interface ForeignRules {
  /** The symbol's own. */
  readonly tier: string;
  readonly mode: PositionMode;
  /** Dollars per unit of a fee asset. */
  readonly feeRate: (asset: string) => Decimal;
  /** What a close by this venue order is called. */
  readonly closedBy: (venueOrderId: string) => ClosedBy;
}

/** All fills are of one symbol; `known` are the trade ids already booked. */
export function bookForeignFills(before: SymbolBooks, report: readonly VenueFill[], known: ReadonlySet<string>, rules: ForeignRules): BookedForeign {
  let books = before;
  let overClosedQty = ZERO;
  const fills: FillRecord[] = [];
  const trades: TradeRecord[] = [];
  for (const fill of freshFills(report, known)) {
    const rate = rules.feeRate(fill.feeAsset);
    const origin = { tier: rules.tier, strategy: null, intentId: null, closedBy: rules.closedBy(fill.venueOrderId) };
    const booked = bookOnSides(books, fill, rate, origin, rules.mode);
    fills.push(fillRecord(fill, null, rate, booked.result));
    trades.push(...booked.trades);
    books = booked.books;
    overClosedQty = overClosedQty.plus(booked.overClosedQty);
  }
  return { books, fills, trades, overClosedQty };
}
