import { ATTRIBUTION } from '../../schema/records/attribution.ts';
import type { AttributionRecord } from '../../schema/records/attribution.ts';
import { FILLS } from '../../schema/records/fill.ts';
import type { FillRecord } from '../../schema/records/fill.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { ORDERS } from '../../schema/records/order.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import type { Inspected } from './inspected.ts';

const MOST_LISTED = 100;

/** What became of an intent. */
export interface IntentStory {
  readonly intent: IntentRecord;
  /** In the order of the attempts. */
  readonly orders: readonly OrderRecord[];
  /** Oldest first. */
  readonly fills: readonly FillRecord[];
  /** Null until the intent has ended. */
  readonly attribution: AttributionRecord | null;
}

/** Null when there is no such intent. */
export async function readIntentStory(store: Inspected['store'], intentId: string): Promise<IntentStory | null> {
  const [{ intent, attribution }, orders, fills] = await Promise.all([
    store.get({ intent: { collection: INTENTS, id: intentId }, attribution: { collection: ATTRIBUTION, id: intentId } }),
    store.query({ collection: ORDERS, where: [{ field: 'intentId', op: '==', value: intentId }], limit: MOST_LISTED }),
    store.query({ collection: FILLS, where: [{ field: 'intentId', op: '==', value: intentId }], limit: MOST_LISTED }),
  ]);
  if (intent === null) return null;
  return {
    intent,
    attribution,
    orders: orders.map(({ data }) => data).toSorted((a, b) => a.attempt - b.attempt),
    fills: fills.map(({ data }) => data).toSorted((a, b) => a.filledAt - b.filledAt),
  };
}
