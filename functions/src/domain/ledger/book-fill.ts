/**
 * The FIFO ledger of one position side: what a fill does to its lots and to realised PnL.
 *
 * 1. A fill on the opening side (buy on long, sell on short) adds a lot; one on the closing side consumes lots, oldest
 *    first. Realised PnL is gross of fees; fees are summed beside it.
 * 2. Quantity is conserved: opened - closed = sum of lots, exactly.
 * 3. A close larger than the lots clamps at flat and reports the excess, never opens the other side.
 */
import type { Decimal } from '../money/decimal.ts';
import { ZERO, decimal, divide, isPositive, isZero, min, sum, text } from '../money/decimal.ts';
import type { Lot, PositionRecord } from '../../schema/records/position.ts';
import type { PositionSide, Side } from '../../schema/scalars.ts';
import type { VenueFill } from '../order/venue-order.ts';

/** Decimals of an average entry price; it is for display and marks, amounts never derive from it. */
const AVERAGE_PLACES = 12;

export interface BookedFill {
  readonly position: PositionRecord;
  /** FIFO PnL of this fill, gross of fees; zero for an opening fill. */
  readonly realizedPnlUsd: Decimal;
  /** Closing quantity beyond what the lots held: an incident. */
  readonly overClosedQty: Decimal;
}

export interface NewPosition {
  readonly tier: string;
  readonly strategy: string | null;
}

export function isOpening(side: Side, positionSide: PositionSide): boolean {
  return (side === 'buy') === (positionSide === 'long');
}

/** Books one fill. The caller keeps a trade id from being booked twice. */
export function bookFill(before: PositionRecord | null, fill: VenueFill, feeUsd: Decimal, owner: NewPosition): BookedFill {
  const position = before ?? flatPosition(fill.symbol, fill.positionSide, owner);
  return isOpening(fill.side, fill.positionSide)
    ? openLot(position, fill, feeUsd, owner)
    : closeLots(position, fill, feeUsd);
}

function openLot(position: PositionRecord, fill: VenueFill, feeUsd: Decimal, owner: NewPosition): BookedFill {
  const wasFlat = position.lots.length === 0;
  const lots = [...position.lots, { qty: text(fill.qty), price: text(fill.price), openedAt: fill.filledAt }];
  const opened = wasFlat ? { ...position, ...owner, openedAt: fill.filledAt } : position;
  return { position: restated(opened, lots, fill, feeUsd, ZERO), realizedPnlUsd: ZERO, overClosedQty: ZERO };
}

function closeLots(position: PositionRecord, fill: VenueFill, feeUsd: Decimal): BookedFill {
  let left: Decimal = fill.qty;
  let realized = ZERO;
  const lots: Lot[] = [];
  for (const lot of position.lots) {
    const held = decimal(lot.qty);
    const closed = min(held, left);
    if (isPositive(closed)) {
      realized = realized.plus(pnlOf(position.positionSide, decimal(lot.price), fill.price, closed));
      left = left.minus(closed);
    }
    const rest = held.minus(closed);
    if (isPositive(rest)) lots.push({ ...lot, qty: text(rest) });
  }
  const after = restated(position, lots, fill, feeUsd, realized);
  return { position: after, realizedPnlUsd: realized, overClosedQty: left };
}

function pnlOf(side: PositionSide, entry: Decimal, exit: Decimal, quantity: Decimal): Decimal {
  return (side === 'long' ? exit.minus(entry) : entry.minus(exit)).times(quantity);
}

function restated(
  position: PositionRecord,
  lots: readonly Lot[],
  fill: VenueFill,
  feeUsd: Decimal,
  realized: Decimal,
): PositionRecord {
  const quantity = sum(lots.map((lot) => decimal(lot.qty)));
  return {
    ...position,
    lots: [...lots],
    qty: text(quantity),
    averageEntryPrice: text(averageEntry(lots, quantity)),
    realizedPnlUsd: text(decimal(position.realizedPnlUsd).plus(realized)),
    venueRealizedPnlUsd: text(decimal(position.venueRealizedPnlUsd).plus(fill.realizedPnl)),
    feesUsd: text(decimal(position.feesUsd).plus(feeUsd)),
    openedAt: isZero(quantity) ? null : position.openedAt,
    lastFillAt: fill.filledAt,
  };
}

function averageEntry(lots: readonly Lot[], quantity: Decimal): Decimal {
  if (isZero(quantity)) return ZERO;
  const cost = sum(lots.map((lot) => decimal(lot.qty).times(lot.price)));
  return divide(cost, quantity, AVERAGE_PLACES, 'half-even');
}

function flatPosition(symbol: string, positionSide: PositionSide, owner: NewPosition): PositionRecord {
  return {
    symbol,
    positionSide,
    ...owner,
    lots: [],
    qty: '0',
    averageEntryPrice: '0',
    realizedPnlUsd: '0',
    venueRealizedPnlUsd: '0',
    feesUsd: '0',
    openedAt: null,
    lastFillAt: null,
  };
}

/** Value of the open lots at a mark price: what closing all of them there would realise. */
export function unrealizedPnl(position: PositionRecord, mark: Decimal): Decimal {
  return sum(position.lots.map((lot) => pnlOf(position.positionSide, decimal(lot.price), mark, decimal(lot.qty))));
}
