import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** Over once the whole span has passed since the last fill. */
export const cooldown: Check = ({ asOf, activity: { lastFillAt }, limits }) => {
  if (lastFillAt === null) return null;
  const sinceSeconds = (asOf - lastFillAt) / 1000;
  if (sinceSeconds >= limits.cooldown.value) return null;
  return veto('cooldown', String(sinceSeconds), String(limits.cooldown.value), limits.cooldown.configPath);
};
