/**
 * What a decimal counts. A brand costs nothing at run time; it keeps a price from being passed as a quantity.
 * Quote amounts of USDT and USDC instruments are taken as US dollars; other assets are converted at a recorded rate.
 */
import type { Decimal } from './decimal.ts';
import { decimal } from './decimal.ts';

declare const unit: unique symbol;
type Unit<Name extends string> = Decimal & { readonly [unit]: Name };

/** Quote asset per one base asset. */
export type Price = Unit<'price'>;
/** Base asset, never negative; direction is carried by side and position side. */
export type Qty = Unit<'qty'>;
/** US dollars of exposure: quantity times price, never margin. */
export type Notional = Unit<'notional'>;
/** A signed amount of US dollars. */
export type Usd = Unit<'usd'>;

/* oxlint-disable typescript/no-unsafe-type-assertion -- this is where a brand is put on */
export const asPrice = (value: Decimal): Price => value as Price;
export const asQty = (value: Decimal): Qty => value as Qty;
export const asNotional = (value: Decimal): Notional => value as Notional;
export const asUsd = (value: Decimal): Usd => value as Usd;
/* oxlint-enable typescript/no-unsafe-type-assertion */

export const price = (text: string): Price => asPrice(decimal(text));
export const qty = (text: string): Qty => asQty(decimal(text));
export const notional = (text: string): Notional => asNotional(decimal(text));
export const usd = (text: string): Usd => asUsd(decimal(text));

export function notionalOf(quantity: Qty, at: Price): Notional {
  return asNotional(quantity.times(at));
}
