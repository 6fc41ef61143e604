/**
 * Books one fill on the position sides of its symbol: one of them, or both when it nets through zero in one-way mode.
 * Positions, exposures and sums move together; the caller writes them in one commit.
 */
import type { PositionMode } from '../account/account.ts';
import type { Decimal } from '../money/decimal.ts';
import { ZERO, decimal, sum } from '../money/decimal.ts';
import type { VenueFill } from '../order/venue-order.ts';
import type { PositionRecord } from '../../schema/records/position.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { TradeRecord } from '../../schema/records/trade.ts';
import type { PositionSide } from '../../schema/scalars.ts';
import { bookFill } from './book-fill.ts';
import type { BookedFill, FillOrigin } from './book-fill.ts';
import { netted, oppositeOf } from './net-fill.ts';
import { riskAfterFill } from './risk-after-fill.ts';
import type { FillResult } from './risk-after-fill.ts';

/** Null where nothing of the side has ever been booked. */
export type PositionSides = Readonly<Record<PositionSide, PositionRecord | null>>;

export interface SymbolBooks {
  readonly positions: PositionSides;
  readonly risk: RiskState;
}

export interface BookedOnSides {
  readonly books: SymbolBooks;
  readonly result: FillResult;
  readonly overClosedQty: Decimal;
  readonly trades: readonly TradeRecord[];
}

/** `feeRate`: dollars per unit of the fill's fee asset. */
export function bookOnSides(before: SymbolBooks, fill: VenueFill, feeRate: Decimal, origin: FillOrigin, mode: PositionMode): BookedOnSides {
  const opposite = before.positions[oppositeOf(fill.positionSide)];
  const parts = netted(fill, mode, opposite === null ? ZERO : decimal(opposite.qty));
  const booked: readonly BookedFill[] = parts.map((part) => bookFill(before.positions[part.positionSide], part, part.feeAmount.times(feeRate), origin));
  const result = { feeUsd: fill.feeAmount.times(feeRate), realizedPnlUsd: sum(booked.map((part) => part.realizedPnlUsd)) };
  const moved = booked.map((part) => part.position);
  return {
    books: {
      positions: { ...before.positions, ...Object.fromEntries(moved.map((position) => [position.positionSide, position])) },
      risk: riskAfterFill(before.risk, origin.intentId, fill, moved, result),
    },
    result,
    overClosedQty: sum(booked.map((part) => part.overClosedQty)),
    trades: booked.flatMap(({ trade }) => (trade === null ? [] : [trade])),
  };
}
