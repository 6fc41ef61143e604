/**
 * Books fills of one position side that no order of ours explains: a stop that fired at the venue, a liquidation, a
 * trade made by hand. The venue's truth moves the ledger exactly as our own fills do; nobody's intent is touched.
 */
import type { Decimal } from '../money/decimal.ts';
import { ZERO } from '../money/decimal.ts';
import type { VenueFill } from '../order/venue-order.ts';
import type { FillRecord } from '../../schema/records/fill.ts';
import type { PositionRecord } from '../../schema/records/position.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import { bookFill } from './book-fill.ts';
import { fillRecord } from './fill-record.ts';
import { freshFills } from './fresh-fills.ts';
import { riskAfterFill } from './risk-after-fill.ts';

export interface ForeignBooks {
  readonly position: PositionRecord | null;
  readonly risk: RiskState;
}

export interface BookedForeign {
  readonly books: ForeignBooks;
  readonly fills: readonly FillRecord[];
  readonly overClosedQty: Decimal;
}

/** `tier` is the symbol's own. All fills are of one symbol and position side. */
export function bookForeignFills(
  before: ForeignBooks,
  report: readonly VenueFill[],
  known: ReadonlySet<string>,
  tier: string,
  feeRate: (asset: string) => Decimal,
): BookedForeign {
  let books = before;
  let overClosedQty = ZERO;
  const fills: FillRecord[] = [];
  for (const fill of freshFills(report, known)) {
    const rate = feeRate(fill.feeAsset);
    const feeUsd = fill.feeAmount.times(rate);
    const booked = bookFill(books.position, fill, feeUsd, { tier, strategy: null });
    const result = { feeUsd, realizedPnlUsd: booked.realizedPnlUsd };
    fills.push(fillRecord(fill, null, rate, result));
    books = { position: booked.position, risk: riskAfterFill(books.risk, null, fill, booked.position, result) };
    overClosedQty = overClosedQty.plus(booked.overClosedQty);
  }
  return { books, fills, overClosedQty };
}
