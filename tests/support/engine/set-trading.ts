import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../functions/src/schema/records/trading-control.ts';
import type { TradingState } from '../../../functions/src/schema/scalars.ts';
import type { World } from './world.ts';

/** As an operator does, from now on. */
export function setTrading(world: World, state: TradingState): Promise<void> {
  const control = { state, actor: 'test', reason: 'test', changedAt: world.time.now(), expiresAt: null };
  return world.store.commit((writer) => writer.set(TRADING_CONTROL, TRADING_CONTROL_ID, control));
}
