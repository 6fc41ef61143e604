/**
 * Rounding to a venue's grid, named by intent. None of these can raise the exposure that was approved: quantities
 * only go down, a limit price only moves to our side.
 */
import type { Decimal } from './decimal.ts';
import { divide, isPositive } from './decimal.ts';
import type { Price, Qty } from './units.ts';
import { asPrice, asQty } from './units.ts';
import type { Side } from '../../schema/scalars.ts';

function floorTo(value: Decimal, grid: Decimal): Decimal {
  if (!isPositive(grid)) throw new RangeError(`grid must be positive, got ${grid.toFixed()}`);
  return divide(value, grid, 0, 'down').times(grid);
}

function ceilTo(value: Decimal, grid: Decimal): Decimal {
  const floor = floorTo(value, grid);
  return floor.lt(value) ? floor.plus(grid) : floor;
}

/** Largest multiple of `step` not above the value; zero when the value is below one step. */
export function quantizeQtyDown(value: Decimal, step: Decimal): Qty {
  return asQty(floorTo(value, step));
}

/**
 * A limit price never worse for us than asked: a buy goes down, a sell goes up. It serves the resting maker price
 * and the taker's collar alike.
 */
export function quantizePriceProtective(value: Decimal, tick: Decimal, side: Side): Price {
  return asPrice(side === 'buy' ? floorTo(value, tick) : ceilTo(value, tick));
}
