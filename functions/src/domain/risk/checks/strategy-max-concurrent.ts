import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** The places of the order's own strategy, within those of the account. */
export const strategyMaxConcurrent: Check = ({ strategyPlaces }) => {
  if (strategyPlaces === null || strategyPlaces.ownPairCounted) return null;
  const { taken, limit } = strategyPlaces;
  return taken >= limit.value ? veto('max_concurrent', String(taken), String(limit.value), limit.configPath) : null;
};
