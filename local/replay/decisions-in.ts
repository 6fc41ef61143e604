import type { Query, Store } from '../../functions/src/ports/store.ts';
import type { Collection } from '../../functions/src/schema/collection.ts';
import { INTENTS } from '../../functions/src/schema/records/intent.ts';
import { ORDERS } from '../../functions/src/schema/records/order.ts';
import { TICKS } from '../../functions/src/schema/records/tick.ts';
import { orderLines, vetoLines } from './decision-lists.ts';

export interface DecidedRun {
  readonly orders: readonly string[];
  readonly vetoes: readonly string[];
  /** Which jobs ran when, oldest first. */
  readonly ticks: readonly { readonly job: string; readonly at: number }[];
}

export async function decisionsIn(store: Pick<Store, 'query'>): Promise<DecidedRun> {
  const [orders, intents, ticks] = await Promise.all([all(store, ORDERS), all(store, INTENTS), all(store, TICKS)]);
  return {
    orders: orderLines(orders),
    vetoes: vetoLines(ticks, intents),
    ticks: ticks.map(({ job, scheduledAt }) => ({ job, at: scheduledAt })).toSorted((a, b) => a.at - b.at),
  };
}

async function all<T>(store: Pick<Store, 'query'>, collection: Collection<T>): Promise<readonly T[]> {
  const query: Query<T> = { collection, where: [], limit: 1_000_000 };
  return (await store.query(query)).map((doc) => doc.data);
}
