import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import { aPolicy } from './a-policy.ts';
import { NOW } from '../../unit/domain/risk/scenario.ts';

export type EndedAttempt = IntentRecord['endedAttempts'][number];

/** Approved and working: buy 5 BTCUSDT long, one attempt under way, a minute of life left. */
export function anIntent(changes: Partial<IntentRecord> = {}): IntentRecord {
  return {
    intentId: 'mine',
    tickId: 'screen-20260115T1200-abcdef',
    symbol: 'BTCUSDT',
    tier: 'CORE',
    side: 'buy',
    positionSide: 'long',
    purpose: 'open',
    isUrgent: false,
    status: 'working',
    statusReason: null,
    qty: '5',
    referencePrice: '100',
    leverage: 3,
    signal: null,
    sizing: null,
    vetoes: [],
    createdAt: NOW - 1000,
    expiresAt: NOW + 60_000,
    approvedAt: NOW,
    policy: aPolicy(),
    slicePlan: null,
    terminalAt: null,
    clientOrderId: 'pc-mine-m1',
    attempts: 1,
    executedQty: '0',
    executedQuoteUsd: '0',
    makerQty: '0',
    feesUsd: '0',
    realizedPnlUsd: '0',
    arrivalMid: '100',
    endedAttempts: [],
    costs: {},
    ...changes,
  };
}

/** The same quantity, sold to close. */
export function anExit(changes: Partial<IntentRecord> = {}): IntentRecord {
  return anIntent({ side: 'sell', purpose: 'close', ...changes });
}

export function anEndedAttempt(changes: Partial<EndedAttempt> = {}): EndedAttempt {
  return { clientOrderId: 'pc-mine-m1', leg: 'maker', status: 'expired', statusReason: null, executedQty: '0', slice: 1, ackLatencyMs: 40, ...changes };
}
