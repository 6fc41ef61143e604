import { capOfNav } from './cap-of-nav.ts';
import { onOrderAndNav } from './check.ts';

export const grossExposureCap = onOrderAndNav((order, nav, { limits, exposure }) =>
  capOfNav('gross_exposure_cap', exposure.grossUsd.plus(order.notionalUsd), nav, limits.grossExposure),
);
