import type { Decimal } from '../money/decimal.ts';
import { divide, max, ONE } from '../money/decimal.ts';
import type { Price } from '../money/units.ts';
import { asQty, notionalOf } from '../money/units.ts';
import type { Notional, Qty } from '../money/units.ts';
import type { Instrument } from '../market/instrument.ts';

/** The smallest quantity on the venue's grid that is worth at least the floor and not below `minQty`. */
export function smallestQty(floorUsd: Decimal, price: Price, { stepSize, minQty }: Instrument): Qty {
  const stepsForFloor = divide(floorUsd, price.times(stepSize), 0, 'up');
  const stepsForMinQty = divide(minQty, stepSize, 0, 'up');
  return asQty(max(stepsForFloor, stepsForMinQty, ONE).times(stepSize));
}

/** What that quantity is worth. */
export function smallestOrder(floorUsd: Decimal, price: Price, instrument: Instrument): Notional {
  return notionalOf(smallestQty(floorUsd, price, instrument), price);
}
