import { text } from '../../money/decimal.ts';
import { affordableNotional } from '../affordable-notional.ts';
import { veto } from '../veto.ts';
import { onOrderAndNav } from './check.ts';

export const insufficientMargin = onOrderAndNav((order, nav, { limits, exposure }) => {
  const affordable = affordableNotional(nav, order.leverage, limits, exposure);
  if (!order.notionalUsd.gt(affordable)) return null;
  return veto('insufficient_margin', text(order.notionalUsd), text(affordable), limits.marginHeadroom.configPath);
});
