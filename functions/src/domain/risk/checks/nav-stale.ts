import { veto } from '../veto.ts';
import { onKnownNav } from './check.ts';

export const navStale = onKnownNav(({ ageSeconds }, { limits: { navFreshness } }) =>
  ageSeconds <= navFreshness.value ? null : veto('nav_stale', String(ageSeconds), String(navFreshness.value), navFreshness.configPath),
);
