/**
 * The FIFO ledger of one position side: what a fill does to its lots and to realised PnL.
 *
 * 1. A fill on the opening side (buy on long, sell on short) adds a lot; one on the closing side consumes lots, oldest
 *    first. Realised PnL is gross of fees; fees are summed beside it.
 * 2. Quantity is conserved: opened - closed = sum of lots, exactly.
 * 3. From flat to flat is one round trip; the fill that ends it makes the trade record.
 * 4. What an adjustment has already counted moves no quantity again: such a fill is its fee alone.
 * 5. A close larger than the lots clamps at flat and reports the excess, never opens the other side.
 */
import type { Decimal } from '../money/decimal.ts';
import { ZERO, decimal, divide, isPositive, isZero, min, sum, text } from '../money/decimal.ts';
import { plusText } from '../money/plus-text.ts';
import type { Lot, PositionRecord } from '../../schema/records/position.ts';
import type { PositionSide, Side } from '../../schema/scalars.ts';
import type { TradeRecord } from '../../schema/records/trade.ts';
import type { VenueFill } from '../order/venue-order.ts';
import { closedPart, idOfTrade, opened, tradeOf } from './round-trip.ts';
import type { ClosedBy, TripFill } from './round-trip.ts';

/** Decimals of an average entry price; it is for display and marks, amounts never derive from it. */
const AVERAGE_PLACES = 12;

export interface BookedFill {
  readonly position: PositionRecord;
  /** FIFO PnL of this fill, gross of fees; zero for an opening fill. */
  readonly realizedPnlUsd: Decimal;
  /** Closing quantity beyond what the lots held: an incident. */
  readonly overClosedQty: Decimal;
  /** The round trip that this fill ended. */
  readonly trade: TradeRecord | null;
}

/** Whose fill it is, and what it is called should it open or close the position. */
export interface FillOrigin {
  readonly tier: string;
  readonly strategy: string | null;
  readonly intentId: string | null;
  readonly closedBy: ClosedBy;
}

export function isOpening(side: Side, positionSide: PositionSide): boolean {
  return (side === 'buy') === (positionSide === 'long');
}

/** Books one fill. The caller keeps a trade id from being booked twice. */
export function bookFill(before: PositionRecord | null, fill: VenueFill, feeUsd: Decimal, origin: FillOrigin): BookedFill {
  const position = before ?? flatPosition(fill.symbol, fill.positionSide, origin);
  if (position.adjustedAt !== null && fill.filledAt <= position.adjustedAt) return costOnly(position, fill, feeUsd);
  return isOpening(fill.side, fill.positionSide)
    ? openLot(position, fill, feeUsd, origin)
    : closeLots(position, fill, feeUsd, origin);
}

function costOnly(position: PositionRecord, fill: VenueFill, feeUsd: Decimal): BookedFill {
  const after = restated(position, position.lots, fill, feeUsd, ZERO);
  return { position: { ...after, stray: withStrayFee(position, feeUsd) }, realizedPnlUsd: ZERO, overClosedQty: ZERO, trade: null };
}

function openLot(position: PositionRecord, fill: VenueFill, feeUsd: Decimal, origin: FillOrigin): BookedFill {
  const { tier, strategy } = origin;
  const lots = [...position.lots, { qty: text(fill.qty), price: text(fill.price), openedAt: fill.filledAt }];
  const owned = position.lots.length === 0 ? { ...position, tier, strategy, openedAt: fill.filledAt } : position;
  const roundTrip = opened(owned.roundTrip, tripFill(fill, fill.qty, feeUsd, ZERO, origin));
  return { position: { ...restated(owned, lots, fill, feeUsd, ZERO), roundTrip }, realizedPnlUsd: ZERO, overClosedQty: ZERO, trade: null };
}

function closeLots(position: PositionRecord, fill: VenueFill, feeUsd: Decimal, origin: FillOrigin): BookedFill {
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
  const result = { realizedPnlUsd: realized, overClosedQty: left };
  if (position.roundTrip === null) return { ...result, position: { ...after, stray: withStrayFee(position, feeUsd) }, trade: null };
  const roundTrip = closedPart(position.roundTrip, tripFill(fill, fill.qty.minus(left), feeUsd, realized, origin));
  if (lots.length > 0) return { ...result, position: { ...after, roundTrip }, trade: null };
  const trade = tradeOf(position, roundTrip, origin.closedBy, fill.filledAt);
  return { ...result, position: { ...after, ...ended(trade) }, trade };
}

function withStrayFee({ stray }: PositionRecord, feeUsd: Decimal): PositionRecord['stray'] {
  return { ...stray, feesUsd: plusText(stray.feesUsd, feeUsd) };
}

/** What the position keeps of a round trip that is over. */
export function ended(trade: TradeRecord): Pick<PositionRecord, 'roundTrip' | 'lastTrip'> {
  return { roundTrip: null, lastTrip: { tradeId: idOfTrade(trade), openedAt: trade.openedAt, closedAt: trade.closedAt, openingQty: trade.qty } };
}

function tripFill(fill: VenueFill, quantity: Decimal, feeUsd: Decimal, realizedPnlUsd: Decimal, { intentId }: FillOrigin): TripFill {
  return { id: fill.tradeId, intentId, qty: quantity, price: fill.price, feeUsd, realizedPnlUsd, at: fill.filledAt };
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
    realizedPnlUsd: plusText(position.realizedPnlUsd, realized),
    venueRealizedPnlUsd: plusText(position.venueRealizedPnlUsd, fill.realizedPnl),
    feesUsd: plusText(position.feesUsd, feeUsd),
    openedAt: isZero(quantity) ? null : position.openedAt,
    lastFillAt: position.lastFillAt === null ? fill.filledAt : Math.max(position.lastFillAt, fill.filledAt),
  };
}

function averageEntry(lots: readonly Lot[], quantity: Decimal): Decimal {
  if (isZero(quantity)) return ZERO;
  const cost = sum(lots.map((lot) => decimal(lot.qty).times(lot.price)));
  return divide(cost, quantity, AVERAGE_PLACES, 'half-even');
}

export function flatPosition(symbol: string, positionSide: PositionSide, { tier, strategy }: Pick<FillOrigin, 'tier' | 'strategy'>): PositionRecord {
  return {
    symbol,
    positionSide,
    tier,
    strategy,
    lots: [],
    qty: '0',
    averageEntryPrice: '0',
    realizedPnlUsd: '0',
    venueRealizedPnlUsd: '0',
    feesUsd: '0',
    stray: { realizedPnlUsd: '0', feesUsd: '0', fundingUsd: '0' },
    openedAt: null,
    lastFillAt: null,
    roundTrip: null,
    lastTrip: null,
    adjustedAt: null,
  };
}

/** Value of the open lots at a mark price: what closing all of them there would realise. */
export function unrealizedPnl(position: PositionRecord, mark: Decimal): Decimal {
  return sum(position.lots.map((lot) => pnlOf(position.positionSide, decimal(lot.price), mark, decimal(lot.qty))));
}
