import { veto } from '../veto.ts';
import type { Check } from './check.ts';

export const positionsUnavailable: Check = ({ positions, exposure, limits: { navFreshness } }) => {
  if (exposure.faultPath !== null) return veto('positions_unavailable', null, null, exposure.faultPath);
  if (positions.kind === 'unavailable') return veto('positions_unavailable', null, null, 'state/positions:health');
  if (positions.ageSeconds <= navFreshness.value) return null;
  return veto('positions_unavailable', String(positions.ageSeconds), String(navFreshness.value), navFreshness.configPath);
};
