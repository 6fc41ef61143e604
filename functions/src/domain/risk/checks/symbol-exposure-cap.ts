import { capOfNav } from './cap-of-nav.ts';
import { onOrderAndNav } from './check.ts';

export const symbolExposureCap = onOrderAndNav((order, nav, { limits, exposure }) =>
  capOfNav('symbol_exposure_cap', exposure.symbolUsd.plus(order.notionalUsd), nav, limits.symbolExposure),
);
