/** Wants nothing by itself: its signals come from outside, and only its limits of time, loss and gain look at candles. */
import type { ExternalParams } from '../../../schema/config/strategies-config.ts';
import type { Strategy } from '../strategy.ts';

export const external: Strategy<ExternalParams> = {
  warmup: () => 1,
  decide: () => ({ kind: 'none', reason: 'its signals come from outside' }),
};
