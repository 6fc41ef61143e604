import { veto } from '../veto.ts';
import type { Check } from './check.ts';

export const tradingReducing: Check = ({ tradingState }) =>
  tradingState === 'REDUCING' ? veto('trading_reducing', tradingState, null, 'control/trading:state') : null;
