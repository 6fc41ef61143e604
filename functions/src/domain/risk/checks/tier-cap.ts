import { capOfNav } from './cap-of-nav.ts';
import { onOrderAndNav } from './check.ts';

/** A symbol without a tier is not in the universe: `not_whitelisted` refuses that one. */
export const tierCap = onOrderAndNav((order, nav, { limits: { tierExposure }, exposure }) =>
  tierExposure === null ? null : capOfNav('tier_cap', exposure.tierUsd.plus(order.notionalUsd), nav, tierExposure),
);
