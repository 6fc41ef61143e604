import type { ProposedOrder } from '../risk/proposed-order.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { SignalRecord, SizingRecord } from '../../schema/records/verdict.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export interface IntentOrigin {
  readonly tickId: string;
  readonly tier: string;
  readonly signal: SignalRecord | null;
  readonly sizing: SizingRecord | null;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
}

/** An order decided on and not yet judged by the executor. */
export function pendingIntent(order: ProposedOrder, origin: IntentOrigin): IntentRecord {
  return {
    ...origin,
    intentId: order.intentId,
    symbol: order.symbol,
    side: order.side,
    positionSide: order.positionSide,
    purpose: order.purpose,
    isUrgent: false,
    status: 'pending',
    statusReason: null,
    qty: order.qty,
    referencePrice: order.price,
    leverage: order.leverage,
    vetoes: [],
    approvedAt: null,
    policy: null,
    slicePlan: null,
    terminalAt: null,
    clientOrderId: null,
    attempts: 0,
    executedQty: '0',
    executedQuoteUsd: '0',
    makerQty: '0',
    feesUsd: '0',
    realizedPnlUsd: '0',
    arrivalMid: null,
    endedAttempts: [],
    costs: {},
  };
}
