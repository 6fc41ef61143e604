import { decimal } from '../../money/decimal.ts';
import { veto } from '../veto.ts';
import type { Check } from './check.ts';
import { bpsOf } from './share-of.ts';

const TWO = decimal('2');

/** Spread over mid: (ask - bid) / ((ask + bid) / 2). */
export const wideSpread: Check = ({ quote, limits: { spread: limit } }) => {
  if (quote.kind === 'unusable') return null;
  const { bid, ask } = quote.value;
  const twiceSpread = ask.minus(bid).times(TWO);
  const twiceMid = ask.plus(bid);
  return twiceSpread.gt(twiceMid.times(limit.value)) ? veto('wide_spread', bpsOf(twiceSpread, twiceMid, 'up'), limit.text, limit.configPath) : null;
};
