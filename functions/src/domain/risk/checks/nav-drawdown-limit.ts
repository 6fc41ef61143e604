import { onKnownNav } from './check.ts';
import { fallOfNav } from './fall-of-nav.ts';

export const navDrawdownLimit = onKnownNav((nav, { limits }) => fallOfNav('nav_drawdown_limit', nav.highWaterMarkUsd, nav, limits.navDrawdown));
