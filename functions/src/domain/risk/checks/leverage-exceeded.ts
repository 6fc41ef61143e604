import { text } from '../../money/decimal.ts';
import { veto } from '../veto.ts';
import { onSoundOrder } from './check.ts';

export const leverageExceeded = onSoundOrder((order, { limits: { leverage } }) =>
  order.leverage.gt(leverage.value) ? veto('leverage_exceeded', text(order.leverage), leverage.text, leverage.configPath) : null,
);
