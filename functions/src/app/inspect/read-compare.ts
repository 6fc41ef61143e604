/** What was recorded of the shadow, and how its signals ended: the newest records, oldest first. */
import type { Executions } from '../../domain/shadow/compare.ts';
import { ATTRIBUTION } from '../../schema/records/attribution.ts';
import type { AttributionRecord } from '../../schema/records/attribution.ts';
import { SHADOW } from '../../schema/records/shadow.ts';
import type { ShadowRecord } from '../../schema/records/shadow.ts';
import type { Store } from '../../ports/store.ts';

export interface Compared {
  readonly records: readonly ShadowRecord[];
  readonly executions: Executions;
}

/** Reads at most `most` ticks, and the attribution of each signal of theirs that both sides ordered. */
export async function readCompare(store: Pick<Store, 'get' | 'query'>, most: number): Promise<Compared> {
  const newest = await store.query({ collection: SHADOW, where: [], orderBy: [{ field: 'decidedAt', direction: 'desc' }], limit: most });
  const records = newest.map(({ data }) => data).toReversed();
  // Slippage is compared between two orders: what only one side would have ordered needs no further read.
  const ids = records.flatMap(({ pairs }) => pairs.filter(({ live, pipeline }) => live.outcome === 'intent' && pipeline?.outcome === 'intent').map(({ intentId }) => intentId));
  const found = ids.length === 0 ? {} : await store.get(Object.fromEntries(ids.map((id) => [id, { collection: ATTRIBUTION, id }])));
  const executions = Object.entries(found).flatMap(([id, record]): readonly (readonly [string, AttributionRecord])[] => (record === null ? [] : [[id, record]]));
  return { records, executions: new Map(executions) };
}
