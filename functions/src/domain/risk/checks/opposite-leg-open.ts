import { isPositive, text } from '../../money/decimal.ts';
import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** In one-way mode an entry against an open position would shrink it instead: a flip closes first, then opens. */
export const oppositeLegOpen: Check = ({ positionMode, exposure }) =>
  positionMode !== 'hedge' && isPositive(exposure.oppositeQty)
    ? veto('opposite_leg_open', text(exposure.oppositeQty), '0', 'markets:positionMode')
    : null;
