import { isNegative, ZERO } from '../../money/decimal.ts';
import type { Decimal } from '../../money/decimal.ts';
import type { GateInput } from '../gate-input.ts';
import { veto } from '../veto.ts';
import type { Veto } from '../veto.ts';
import { onSoundOrder } from './check.ts';
import { pctOf } from './share-of.ts';

/**
 * How far the price may go against the leg before the venue closes it: to the price the venue names for what is open now,
 * and to the one that follows from maintenance margin once the order has filled. Unknown maintenance margin refuses.
 */
export const liquidationDistance = onSoundOrder(({ price }, input) => {
  const { positions, liquidation, limits, symbol } = input;
  const named = positions.kind === 'known' && positions.liquidationPrice !== null ? tooNear(price, positions.liquidationPrice, input) : null;
  if (named !== null) return named;
  switch (liquidation.kind) {
    case 'never':
    case 'notAsked':
      return null;
    case 'unknown':
      return veto('liquidation_distance', null, limits.liquidationDistance.text, `markets:${symbol}.brackets`);
    case 'at':
      return tooNear(price, liquidation.price, input);
  }
});

/** A price on the wrong side of the liquidation price is no distance away. */
function tooNear(price: Decimal, liquidationPrice: Decimal, { positionSide, limits: { liquidationDistance: limit } }: GateInput): Veto | null {
  const away = positionSide === 'long' ? price.minus(liquidationPrice) : liquidationPrice.minus(price);
  const distance = isNegative(away) ? ZERO : away;
  return distance.lt(price.times(limit.value)) ? veto('liquidation_distance', pctOf(distance, price, 'down'), limit.text, limit.configPath) : null;
}
