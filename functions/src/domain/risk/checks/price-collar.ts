import { veto } from '../veto.ts';
import { onSoundOrder } from './check.ts';
import { bpsOf } from './share-of.ts';

export const priceCollar = onSoundOrder(({ price }, { mark, limits: { collar } }) => {
  if (mark.kind === 'unusable') return null;
  const { markPrice } = mark.value;
  const distance = price.minus(markPrice).abs();
  return distance.gt(markPrice.times(collar.value)) ? veto('price_collar', bpsOf(distance, markPrice, 'up'), collar.text, collar.configPath) : null;
});
