import type { Decimal } from '../money/decimal.ts';
import { divide, max, ONE } from '../money/decimal.ts';
import type { Price } from '../money/units.ts';
import { asQty, notionalOf } from '../money/units.ts';
import type { Notional } from '../money/units.ts';
import type { Instrument } from '../market/instrument.ts';

/** Notional of the smallest quantity on the venue's grid that is worth at least the floor and not below `minQty`. */
export function smallestOrder(floorUsd: Decimal, price: Price, { stepSize, minQty }: Instrument): Notional {
  const stepsForFloor = divide(floorUsd, price.times(stepSize), 0, 'up');
  const stepsForMinQty = divide(minQty, stepSize, 0, 'up');
  return notionalOf(asQty(max(stepsForFloor, stepsForMinQty, ONE).times(stepSize)), price);
}
