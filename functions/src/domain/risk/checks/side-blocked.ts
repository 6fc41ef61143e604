import { veto } from '../veto.ts';
import type { Check } from './check.ts';

export const sideBlocked: Check = ({ limits, positionSide, symbol }) =>
  limits.blockedSides.includes(positionSide) ? veto('side_blocked', positionSide, null, `risk.json:perSymbol.${symbol}.blockedSides`) : null;
