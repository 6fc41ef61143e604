import { capOfNav } from './cap-of-nav.ts';
import { onOrderAndNav } from './check.ts';

export const tradeGtEquityCap = onOrderAndNav((order, nav, { limits }) =>
  capOfNav('trade_gt_equity_cap', order.notionalUsd, nav, limits.tradeEquity),
);
