/**
 * In one-way mode a symbol has one position: a fill that would open one side closes the other one first. Such a fill
 * comes from an order without reduce-only, made by hand or sent before somebody else opened the other side.
 */
import { ZERO, divide, isPositive, min } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import { asQty, asUsd } from '../money/units.ts';
import type { VenueFill } from '../order/venue-order.ts';
import type { PositionMode } from '../account/account.ts';
import { isOpening } from './book-fill.ts';

/** Decimals of a share of a fee; the other part takes the exact rest. */
const FEE_PLACES = 12;

/** The parts of a fill by position side, in the order they happen; `oppositeQty` is what the other side holds. */
export function netted(fill: VenueFill, mode: PositionMode, oppositeQty: Decimal): readonly VenueFill[] {
  if (mode === 'hedge' || !isOpening(fill.side, fill.positionSide) || !isPositive(oppositeQty)) return [fill];
  const closed = min(fill.qty, oppositeQty);
  const rest = fill.qty.minus(closed);
  const closing = { ...fill, positionSide: oppositeOf(fill.positionSide), qty: asQty(closed) };
  if (!isPositive(rest)) return [closing];
  const fee = divide(fill.feeAmount.times(closed), fill.qty, FEE_PLACES, 'down');
  return [
    { ...closing, feeAmount: fee },
    { ...fill, qty: asQty(rest), feeAmount: fill.feeAmount.minus(fee), realizedPnl: asUsd(ZERO) },
  ];
}

export function oppositeOf(side: VenueFill['positionSide']): VenueFill['positionSide'] {
  return side === 'long' ? 'short' : 'long';
}
