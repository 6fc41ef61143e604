/**
 * Takes one pending intent to the venue: reads the market, has the intent approved and its first attempt armed in one
 * transaction, then sends and records. Everything after that is confirm's.
 *
 * A crash after the transaction leaves an armed attempt that may or may not have been sent: its outbox entry already
 * belongs to confirm, which looks it up before anything else is done.
 */
import type { Claim } from '../../domain/intent/lease.ts';
import { flipIdOf } from '../../domain/exits/flip.ts';
import type { WakeUp } from '../../ports/bus.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { readOrderMarket } from '../market/read-order-market.ts';
import { readRouterHealth } from '../market/read-router-health.ts';
import { toldCost } from '../told-cost.ts';
import { wake } from '../intents/wake.ts';
import { approve } from './approve.ts';
import { LeaseLostError } from './fenced.ts';
import { placeOrder } from './place-order.ts';

export async function execute(deps: EngineDeps, { intentId }: WakeUp): Promise<void> {
  const { intent } = await deps.step('execute.read-intent', () => deps.store.get({ intent: { collection: INTENTS, id: intentId } }));
  if (intent === null) return deps.log.nothingToDo(intentId, 'no such intent');
  if (intent.status !== 'pending') return deps.log.nothingToDo(intentId, `the intent is ${intent.status}`);
  const [market, health] = await deps.step('execute.read-market', () => Promise.all([readOrderMarket(deps, intent), readRouterHealth(deps)]));
  const cost = toldCost(deps.costs);
  const result = await deps.step('execute.approve', () => deps.store.transact((tx) => approve(deps, tx, { intentId, flipId: flipIdOf(intent), cost }, { ...market, health })));
  if (result.kind === 'nothing' || result.kind === 'busy') cost.giveBack();
  switch (result.kind) {
    case 'nothing':
      return deps.log.nothingToDo(intentId, result.why);
    case 'busy':
      return deps.log.intentBusy(intentId, result.holder);
    case 'expired':
      return deps.log.intentExpired(intentId, intent.symbol);
    case 'vetoed':
      return deps.log.intentVetoed(intentId, intent.symbol, result.codes);
    case 'armed':
      return send(deps, intentId, result.claim, result.order);
  }
}

async function send(deps: EngineDeps, intentId: string, claim: Claim, order: OrderRecord): Promise<void> {
  const held = { intentId, claim };
  try {
    await placeOrder(deps, held, order, { place: 'execute.place', record: 'execute.record-outcome', afterwards: 'giveBack' });
  } catch (error) {
    if (!(error instanceof LeaseLostError)) throw error;
    return deps.log.leaseLost(intentId, order.clientOrderId);
  }
  await wake(deps, 'execute.wake', 'order-checks', [intentId]);
}
