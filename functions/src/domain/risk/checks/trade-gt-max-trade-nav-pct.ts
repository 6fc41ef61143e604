import { capOfNav } from './cap-of-nav.ts';
import { onOrderAndNav } from './check.ts';

export const tradeGtMaxTradeNavPct = onOrderAndNav((order, nav, { limits }) =>
  capOfNav('trade_gt_max_trade_nav_pct', order.notionalUsd, nav, limits.tradeNav),
);
