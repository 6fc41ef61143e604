import { afterCancel } from '../../domain/order/order-transitions.ts';
import { ORDERS } from '../../schema/records/order.ts';
import type { Following } from './following.ts';
import type { EngineDeps } from '../engine-deps.ts';
import type { Held } from './fenced.ts';
import { fenced } from './fenced.ts';

/** Asks the venue to cancel. Cancelling twice is harmless; what filled meanwhile the answer or the next lookup tells. */
export async function cancelOrder(deps: EngineDeps, held: Held, state: Following): Promise<Following> {
  const { order } = state;
  const outcome = await deps.step('confirm.cancel', () => deps.venue.cancel({ symbol: order.symbol, clientOrderId: order.clientOrderId }));
  const now = deps.clock.now();
  await deps.step('confirm.record-cancel', () =>
    fenced(deps, held, order.clientOrderId, (tx, work) => {
      if (work.order !== null) tx.set(ORDERS, order.clientOrderId, afterCancel(work.order, outcome, now));
    }),
  );
  return { ...state, order: afterCancel(order, outcome, now) };
}
