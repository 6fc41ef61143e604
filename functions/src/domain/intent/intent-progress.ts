/** How an intent's record follows its attempts. */
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import type { RunCost } from '../../schema/records/run-cost.ts';

/** A new attempt is the present one. */
export function armedIntent(intent: IntentRecord, order: OrderRecord): IntentRecord {
  return { ...intent, clientOrderId: order.clientOrderId, attempts: order.attempt, arrivalMid: intent.arrivalMid ?? order.arrivalMid };
}

/** The present attempt has ended. */
export function withEnded(intent: IntentRecord, order: OrderRecord): IntentRecord {
  const attempt = {
    clientOrderId: order.clientOrderId,
    leg: order.leg,
    slice: order.slice,
    status: order.status,
    statusReason: order.statusReason,
    executedQty: order.executedQty,
    ackLatencyMs: order.ackedAt === null ? null : Math.max(0, order.ackedAt - order.armedAt),
  };
  return { ...intent, endedAttempts: [...intent.endedAttempts, attempt] };
}

/** The function that writes it now has spent so much. */
export function withCost(intent: IntentRecord, job: 'execute' | 'confirm', cost: RunCost): IntentRecord {
  return { ...intent, costs: { ...intent.costs, [job]: cost } };
}
