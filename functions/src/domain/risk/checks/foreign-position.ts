import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** Somebody trades the symbol beside us: until their position is gone, or config says otherwise, we do not. */
export const foreignPosition: Check = ({ exposure: { foreignKey }, limits }) =>
  foreignKey !== null && limits.foreignPositions === 'alarm' ? veto('foreign_position', foreignKey, null, 'risk.json:foreign.positions') : null;
