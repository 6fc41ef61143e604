/** Sends one armed attempt and records what became of it. Callers have armed it in a commit of its own. */
import { givenBack } from '../../domain/intent/lease.ts';
import { price, qty } from '../../domain/money/units.ts';
import { afterPlacement } from '../../domain/order/order-transitions.ts';
import type { OrderRequest, PlacementOutcome } from '../../domain/order/venue-order.ts';
import { operatorStop } from '../../domain/risk/operator-stop.ts';
import { noteError, noteRulesDoubted } from '../../domain/risk/risk-windows.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import { ORDERS } from '../../schema/records/order.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import { OUTBOX } from '../../schema/records/outbox-entry.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import { SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID } from '../../schema/records/symbol-toggles.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../schema/records/trading-control.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { LeaseLostError, fenced } from './fenced.ts';
import type { Held } from './fenced.ts';

export interface PlaceSteps {
  readonly place: 'execute.place' | 'confirm.place';
  readonly record: 'execute.record-outcome' | 'confirm.record-outcome';
  /** Whether the same commit gives the intent back for the next run, or this run goes on with it. */
  readonly afterwards: 'giveBack' | 'keep';
}

/**
 * The lease is checked by time once more right before the call: a run that was frozen until another could have
 * claimed the intent must not send. If it is frozen later still, the request's own timestamp makes it invalid.
 * An operator who has stopped trading or ended the entry since the attempt was armed is heard too.
 */
export async function placeOrder(deps: EngineDeps, held: Held, order: OrderRecord, steps: PlaceSteps): Promise<OrderRecord> {
  if (deps.clock.now() + deps.config.runtime.deadlineMs >= held.claim.expiresAt) throw new LeaseLostError(`intent ${held.intentId}`);
  const outcome = await deps.step(steps.place, () => send(deps, order));
  const now = deps.clock.now();
  const next = afterPlacement(order, outcome, now);
  deps.log.orderPlaced(order.clientOrderId, next.status, next.statusReason);
  await deps.step(steps.record, () =>
    fenced(deps, held, order.clientOrderId, (tx, { order: stored, entry, risk }) => {
      if (stored === null) return;
      tx.set(ORDERS, order.clientOrderId, afterPlacement(stored, outcome, now));
      if (isVenueError(outcome)) tx.set(RISK_STATE, RISK_STATE_ID, noteError(risk, now, deps.limits.forSymbol(order.symbol)));
      if (speaksAgainstOurRules(outcome)) tx.set(RISK_STATE, RISK_STATE_ID, noteRulesDoubted(risk, now));
      if (steps.afterwards === 'giveBack') tx.set(OUTBOX, held.intentId, givenBack(entry, now));
    }),
  );
  return next;
}

async function send(deps: EngineDeps, order: OrderRecord): Promise<PlacementOutcome> {
  if (deps.orderGate.kind === 'closed') return { kind: 'refusedByWriteGate', reason: deps.orderGate.reason };
  const { intent, ...words } = await deps.store.get({
    control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID },
    toggles: { collection: SYMBOL_TOGGLES, id: SYMBOL_TOGGLES_ID },
    intent: { collection: INTENTS, id: order.intentId },
  });
  const now = deps.clock.now();
  const isEnded = !order.reducing && intent !== null && now >= intent.expiresAt;
  const reason = isEnded ? 'the entry was ended before it was sent' : operatorStop(words, { symbol: order.symbol, purpose: order.reducing ? 'close' : 'open' }, now);
  return reason === null ? deps.venue.place(requestOf(order)) : { kind: 'refusedByOperator', reason };
}

/** Counts toward the error circuit: what says that the venue or the way to it is not well, not what it merely refused. */
function isVenueError(outcome: PlacementOutcome): boolean {
  switch (outcome.kind) {
    case 'ambiguous':
    case 'notPlaced':
      return true;
    case 'rejected':
      return outcome.code === 'auth' || outcome.code === 'permission' || outcome.code === 'other';
    case 'accepted':
    case 'refusedByWriteGate':
    case 'refusedByOperator':
      return false;
  }
}

/** What we send is rounded and bounded by the venue's own rules: refused over them, ours are not the venue's any more. */
function speaksAgainstOurRules(outcome: PlacementOutcome): boolean {
  return outcome.kind === 'rejected' && (outcome.code === 'filter' || outcome.code === 'symbolNotTrading' || outcome.code === 'leverageLimit');
}

function requestOf(order: OrderRecord): OrderRequest {
  const common = {
    clientOrderId: order.clientOrderId,
    symbol: order.symbol,
    side: order.side,
    positionSide: order.positionSide,
    reducing: order.reducing,
    qty: qty(order.qty),
    armedAt: order.armedAt,
  };
  if (order.price === null || order.timeInForce === null) return { ...common, type: 'market' };
  return { ...common, type: 'limit', price: price(order.price), timeInForce: order.timeInForce };
}
