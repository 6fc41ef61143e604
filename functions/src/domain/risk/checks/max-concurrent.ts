import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** Adding to a pair that is open or reserved takes no new place. */
export const maxConcurrent: Check = ({ exposure, limits: { concurrent } }) =>
  !exposure.ownPairCounted && exposure.pairs >= concurrent.value
    ? veto('max_concurrent', String(exposure.pairs), String(concurrent.value), concurrent.configPath)
    : null;
