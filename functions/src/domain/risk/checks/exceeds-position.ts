import { text } from '../../money/decimal.ts';
import { veto } from '../veto.ts';
import { onSoundOrder } from './check.ts';

/** Exits only: with no position, or with all of it being closed already, nothing is left to close. */
export const exceedsPosition = onSoundOrder(({ qty }, { exposure, symbol, positionSide }) =>
  qty.gt(exposure.closableQty)
    ? veto('exceeds_position', text(qty), text(exposure.closableQty), `state/risk:exposures.${symbol}-${positionSide}`)
    : null,
);
