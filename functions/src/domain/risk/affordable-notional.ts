import type { Decimal } from '../money/decimal.ts';
import { min } from '../money/decimal.ts';
import type { Exposure } from './exposure.ts';
import type { SymbolLimits } from './limits.ts';
import type { KnownNav } from './nav-reading.ts';

/**
 * The largest notional whose margin leaves the headroom free; negative when none does. Margin = notional / leverage, by
 * the lower of the leverage asked for and the one set at the venue. What the venue counts as available may already lack
 * the margin of resting orders; taking reservations off again errs to the safe side.
 */
export function affordableNotional(nav: KnownNav, leverage: Decimal, limits: SymbolLimits, exposure: Exposure): Decimal {
  const headroom = nav.navUsd.times(limits.marginHeadroom.value);
  const free = nav.availableMarginUsd.minus(headroom).minus(exposure.reservedMarginUsd);
  return free.times(min(leverage, limits.venueLeverage));
}
