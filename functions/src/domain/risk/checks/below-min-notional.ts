import { text } from '../../money/decimal.ts';
import { entryFloor } from '../entry-floor.ts';
import { veto } from '../veto.ts';
import { onSoundOrder } from './check.ts';

export const belowMinNotional = onSoundOrder(({ notionalUsd, price }, { limits, instrument }) => {
  const floor = entryFloor(limits, instrument, price);
  return notionalUsd.lt(floor.usd) ? veto('below_min_notional', text(notionalUsd), text(floor.usd), floor.configPath) : null;
});
