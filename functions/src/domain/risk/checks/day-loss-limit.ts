import { onKnownNav } from './check.ts';
import { fallOfNav } from './fall-of-nav.ts';

export const dayLossLimit = onKnownNav((nav, { limits }) => fallOfNav('day_loss_limit', nav.dayOpenNavUsd, nav, limits.dayLoss));
