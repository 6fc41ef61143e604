import { min, text } from '../../money/decimal.ts';
import { veto } from '../veto.ts';
import { onOrderAndNav } from './check.ts';

/**
 * Margin = notional / leverage, by the lower of the order's leverage and the one set at the venue. What the venue
 * counts as available may already lack the margin of resting orders; counting reservations again errs to the safe side.
 */
export const insufficientMargin = onOrderAndNav((order, nav, { limits, exposure }) => {
  const { marginHeadroom } = limits;
  const free = nav.availableMarginUsd.minus(nav.navUsd.times(marginHeadroom.value)).minus(exposure.reservedMarginUsd);
  const affordable = free.times(min(order.leverage, limits.venueLeverage));
  if (!order.notionalUsd.gt(affordable)) return null;
  return veto('insufficient_margin', text(order.notionalUsd), text(affordable), marginHeadroom.configPath);
});
