import { text } from '../../money/decimal.ts';
import { veto } from '../veto.ts';
import { onSoundOrder } from './check.ts';

export const symbolOrderCap = onSoundOrder(({ notionalUsd }, { limits: { orderNotional } }) =>
  orderNotional !== null && notionalUsd.gt(orderNotional.value)
    ? veto('symbol_order_cap', text(notionalUsd), orderNotional.text, orderNotional.configPath)
    : null,
);
