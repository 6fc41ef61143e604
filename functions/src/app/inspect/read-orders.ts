import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { ORDERS } from '../../schema/records/order.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { Inspected } from './inspected.ts';

const MOST_LISTED = 100;

export interface Orders {
  readonly now: EpochMs;
  readonly intents: readonly IntentRecord[];
  readonly orders: readonly OrderRecord[];
}

/** Intents that have not ended, and the orders that are or may be at the venue. */
export async function readOrders({ store, clock }: Pick<Inspected, 'store' | 'clock'>): Promise<Orders> {
  const [intents, live] = await Promise.all([
    store.query({ collection: INTENTS, where: [{ field: 'status', op: 'in', value: ['pending', 'working'] }], limit: MOST_LISTED }),
    store.query({ collection: ORDERS, where: [{ field: 'status', op: 'in', value: ['armed', 'ambiguous', 'working'] }], limit: MOST_LISTED }),
  ]);
  return { now: clock.now(), intents: intents.map(({ data }) => data), orders: live.map(({ data }) => data) };
}
