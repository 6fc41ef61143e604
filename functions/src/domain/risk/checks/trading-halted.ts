import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** The one state that also holds exits: an operator's act. */
export const tradingHalted: Check = ({ tradingState }) =>
  tradingState === 'HALTED' ? veto('trading_halted', tradingState, null, 'control/trading:state') : null;
