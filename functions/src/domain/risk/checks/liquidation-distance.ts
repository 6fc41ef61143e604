import { ONE } from '../../money/decimal.ts';
import { veto } from '../veto.ts';
import { onSoundOrder } from './check.ts';
import { pctOf } from './share-of.ts';

/**
 * An open leg is judged by the liquidation price the venue names for it. For a new one, a move of 1 / leverage
 * consumes its margin: an upper bound of the distance under isolated margin, maintenance margin left out.
 */
export const liquidationDistance = onSoundOrder(({ price, leverage }, { limits: { liquidationDistance: limit }, positions }) => {
  const liquidationPrice = positions.kind === 'known' ? positions.liquidationPrice : null;
  if (liquidationPrice !== null) {
    const distance = price.minus(liquidationPrice).abs();
    if (distance.lt(price.times(limit.value))) return veto('liquidation_distance', pctOf(distance, price, 'down'), limit.text, limit.configPath);
  }
  if (ONE.lt(leverage.times(limit.value))) return veto('liquidation_distance', pctOf(ONE, leverage, 'down'), limit.text, limit.configPath);
  return null;
});
