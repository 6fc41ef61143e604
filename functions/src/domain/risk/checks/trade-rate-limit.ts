import { atLimit } from './at-limit.ts';
import type { Check } from './check.ts';

export const tradeRateLimit: Check = ({ activity, limits }) => atLimit('trade_rate_limit', activity.trades, limits.trades);
