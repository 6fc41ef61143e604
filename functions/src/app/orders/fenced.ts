/** Transactions of a claimed intent: every write of a worker first proves that the intent is still its own. */
import { holds } from '../../domain/intent/lease.ts';
import type { Claim } from '../../domain/intent/lease.ts';
import type { Transaction } from '../../ports/store.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { ORDERS } from '../../schema/records/order.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import { OUTBOX } from '../../schema/records/outbox-entry.ts';
import type { OutboxEntry } from '../../schema/records/outbox-entry.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EngineDeps } from '../engine-deps.ts';

/** Thrown inside a transaction so that nothing of it is written; the worker then stops quietly. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

export interface Held {
  readonly intentId: string;
  readonly claim: Claim;
}

export interface Work {
  readonly entry: OutboxEntry;
  readonly intent: IntentRecord;
  /** The present attempt. Null before the first one is armed. */
  readonly order: OrderRecord | null;
  readonly risk: RiskState;
}

/** Reads the intent's records in one round trip and refuses when the lease has gone to somebody else. */
export async function readWork(tx: Transaction, held: Held, clientOrderId: string | null): Promise<Work> {
  const got = await tx.get({
    entry: { collection: OUTBOX, id: held.intentId },
    intent: { collection: INTENTS, id: held.intentId },
    risk: { collection: RISK_STATE, id: RISK_STATE_ID },
    // A transaction reads a fixed set of documents; without an attempt this names one that never exists.
    order: { collection: ORDERS, id: clientOrderId ?? 'none' },
  });
  if (got.entry === null || !holds(got.entry, held.claim)) throw new LeaseLostError(`intent ${held.intentId}`);
  if (got.intent === null) throw new Error(`outbox entry ${held.intentId} has no intent; restore intents/${held.intentId} or close the entry`);
  if (clientOrderId !== null && got.order === null) throw new Error(`intent ${held.intentId} names order ${clientOrderId}, which does not exist`);
  return { entry: got.entry, intent: got.intent, order: got.order, risk: got.risk ?? EMPTY_RISK_STATE };
}

/** Runs `body` in a transaction that holds the lease. */
export function fenced<R>(
  deps: EngineDeps,
  held: Held,
  clientOrderId: string | null,
  body: (tx: Transaction, work: Work) => R | Promise<R>,
): Promise<R> {
  return deps.store.transact(async (tx) => body(tx, await readWork(tx, held, clientOrderId)));
}
