/** Intents as screen leaves them, for tests that begin where it ends. */
import { intentId } from '../../../functions/src/domain/identity/derived-id.ts';
import type { Store } from '../../../functions/src/ports/store.ts';
import { INTENTS } from '../../../functions/src/schema/records/intent.ts';
import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import { OUTBOX } from '../../../functions/src/schema/records/outbox-entry.ts';

export type IntentOf = Pick<IntentRecord, 'createdAt'> & Partial<IntentRecord>;

/** Buys 0.008 BTC long at 50,000 with ten minutes to live, unless told otherwise; the id follows from what it is. */
export function anIntent(changes: IntentOf): IntentRecord {
  const { createdAt, symbol = 'BTCUSDT', positionSide = 'long', purpose = 'open' } = changes;
  return {
    intentId: intentId({ candleCloseAt: createdAt, strategy: 'planted', symbol, positionSide, purpose }),
    tickId: 'planted',
    symbol,
    tier: 'CORE',
    side: 'buy',
    positionSide,
    purpose,
    isUrgent: false,
    status: 'pending',
    statusReason: null,
    qty: '0.008',
    referencePrice: '50000',
    leverage: 3,
    signal: null,
    sizing: null,
    vetoes: [],
    expiresAt: createdAt + 600_000,
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
    ...changes,
  };
}

/** Closes the 0.008 BTC that the default intent bought. */
export function anExit(changes: IntentOf): IntentRecord {
  return anIntent({ purpose: 'close', side: 'sell', ...changes });
}

/** With its outbox entry in one commit, as screen writes them. */
export async function plant(store: Store, ...intents: readonly IntentRecord[]): Promise<void> {
  await store.commit((writer) => {
    for (const intent of intents) {
      writer.create(INTENTS, intent.intentId, intent);
      writer.create(OUTBOX, intent.intentId, {
        intentId: intent.intentId,
        topic: 'order-intents',
        state: 'open',
        dueAt: intent.createdAt + 30_000,
        lease: null,
        lastToken: 0,
        createdAt: intent.createdAt,
      });
    }
  });
}
