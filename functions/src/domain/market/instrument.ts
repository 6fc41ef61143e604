import type { Decimal } from '../money/decimal.ts';
import type { Notional, Price, Qty } from '../money/units.ts';

/** What the venue allows for one perpetual. */
export interface Instrument {
  readonly symbol: string;
  readonly base: string;
  readonly quote: string;
  readonly marginAsset: string;
  readonly status: 'trading' | 'suspended';
  readonly tickSize: Decimal;
  readonly stepSize: Decimal;
  readonly minQty: Qty;
  /** The largest limit order; `marketMaxQty` for market orders. */
  readonly maxQty: Qty;
  readonly marketMaxQty: Qty;
  readonly minNotional: Notional;
  readonly minPrice: Price;
  readonly maxPrice: Price;
}
