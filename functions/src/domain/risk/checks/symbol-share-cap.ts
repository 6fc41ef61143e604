import { veto } from '../veto.ts';
import { onSoundOrder } from './check.ts';
import { pctOf } from './share-of.ts';

/** Shares mean little in a small book: nothing is refused below the configured total and number of symbols. */
export const symbolShareCap = onSoundOrder(({ notionalUsd }, { limits, exposure }) => {
  const total = exposure.grossUsd.plus(notionalUsd);
  if (total.lt(limits.shareMinTotalUsd) || exposure.symbols < limits.shareMinSymbols) return null;
  const own = exposure.symbolUsd.plus(notionalUsd);
  if (!own.gt(total.times(limits.share.value))) return null;
  return veto('symbol_share_cap', pctOf(own, total, 'up'), limits.share.text, limits.share.configPath);
});
