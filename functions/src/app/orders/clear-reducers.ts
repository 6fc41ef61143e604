/**
 * Makes way for an exit that the venue has refused as too large: resting orders of others that claim the position are
 * cancelled, since exits have the right of way. Returns what the exit may then close, in base asset; zero when nothing is left.
 */
import { fitExit } from '../../domain/exits/fit-exit.ts';
import { foreignReducers } from '../../domain/exits/resting-reducers.ts';
import { ZERO, min } from '../../domain/money/decimal.ts';
import type { Decimal } from '../../domain/money/decimal.ts';
import { remainingQty } from '../../domain/order/next-action.ts';
import { readExposure } from '../../domain/risk/exposure.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { EngineDeps } from '../engine-deps.ts';

export async function clearReducers(deps: EngineDeps, intent: IntentRecord): Promise<Decimal> {
  const open = await deps.step('confirm.read-reducers', () => deps.venue.openOrders());
  if (open.kind === 'unavailable') deps.log.ordersUnavailable(open.cause);
  for (const { symbol, clientOrderId } of open.kind === 'found' ? foreignReducers(intent, open.value) : []) {
    const outcome = await deps.step('confirm.cancel-reducer', () => deps.venue.cancel({ symbol, clientOrderId }));
    deps.log.reducerCancelled(clientOrderId, symbol, outcome.kind);
  }
  return deps.step('confirm.read-free', () => freeToClose(deps, intent));
}

/** The intent's own reservation counts for nothing against itself. By the venue's figure alone, which has just refused ours. Positions that cannot be read leave the venue to judge. */
async function freeToClose(deps: EngineDeps, intent: IntentRecord): Promise<Decimal> {
  const [held, { risk }] = await Promise.all([deps.venue.positions(), deps.store.get({ risk: { collection: RISK_STATE, id: RISK_STATE_ID } })]);
  const remaining = remainingQty(intent);
  if (held.kind === 'unavailable') return remaining;
  const seen = fitExit(intent, risk ?? EMPTY_RISK_STATE, held.value, deps.clock.now());
  const { closableQty } = readExposure(seen.risk, intent, deps.limits);
  return closableQty.gt(ZERO) ? min(remaining, closableQty) : ZERO;
}
