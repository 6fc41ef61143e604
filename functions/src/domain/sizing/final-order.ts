import { divide } from '../money/decimal.ts';
import type { Notional, Price, Qty } from '../money/units.ts';
import { asQty, notionalOf } from '../money/units.ts';
import type { Instrument } from '../market/instrument.ts';

/** On the venue's grid: what the gate judges and the venue is asked for. */
export interface FinalOrder {
  readonly qty: Qty;
  readonly price: Price;
  readonly notionalUsd: Notional;
}

/** The largest quantity on the grid worth no more than `sizeUsd` at a tick-rounded price: rounding never adds risk. */
export function finalOrder(sizeUsd: Notional, price: Price, { stepSize }: Instrument): FinalOrder {
  const qty = asQty(divide(sizeUsd, price.times(stepSize), 0, 'down').times(stepSize));
  return { qty, price, notionalUsd: notionalOf(qty, price) };
}
