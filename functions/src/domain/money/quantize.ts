/**
 * Rounding to a venue's grid, named by intent. None of these can raise the exposure that was approved: quantities
 * only go down, a passive price only moves away from the market, a limit price only toward the taker's protection.
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

/** A resting price that is never better for the taker than asked: a buy goes down, a sell up. */
export function quantizePricePassive(value: Decimal, tick: Decimal, side: Side): Price {
  return asPrice(side === 'buy' ? floorTo(value, tick) : ceilTo(value, tick));
}

/** A worst acceptable price, never worse than asked: a buy limit goes down, a sell limit up. */
export function quantizePriceCollar(value: Decimal, tick: Decimal, side: Side): Price {
  return asPrice(side === 'buy' ? floorTo(value, tick) : ceilTo(value, tick));
}
