import { text } from '../../money/decimal.ts';
import { entryFloor } from '../entry-floor.ts';
import { orderCeiling } from '../order-ceiling.ts';
import { veto } from '../veto.ts';
import { onOrderAndNav } from './check.ts';

/** Tells "make it larger" and "no size will do" apart: an account too small for its own floors. */
export const minNotionalInfeasible = onOrderAndNav(({ price }, { navUsd }, { limits, instrument }) => {
  const floor = entryFloor(limits, instrument, price);
  const ceiling = orderCeiling(limits, navUsd);
  return floor.usd.gt(ceiling.usd) ? veto('min_notional_infeasible', text(floor.usd), text(ceiling.usd), ceiling.configPath) : null;
});
