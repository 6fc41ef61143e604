/** Wakes work that is due and that nobody has looked at: a message was lost, or its run died. */
import type { Doc } from '../../ports/store.ts';
import { OUTBOX } from '../../schema/records/outbox-entry.ts';
import type { OutboxEntry } from '../../schema/records/outbox-entry.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { wake } from '../intents/wake.ts';

export function readDue(deps: EngineDeps, now: EpochMs): Promise<readonly Doc<OutboxEntry>[]> {
  return deps.store.query({
    collection: OUTBOX,
    where: [
      { field: 'state', op: '==', value: 'open' },
      { field: 'dueAt', op: '<=', value: now },
    ],
    orderBy: [{ field: 'dueAt', direction: 'asc' }],
    limit: deps.config.runtime.sweepBatch,
  });
}

export async function sweep(deps: EngineDeps, due: readonly Doc<OutboxEntry>[]): Promise<void> {
  if (due.length === 0) return;
  deps.log.swept(due.map((entry) => entry.id));
  for (const topic of ['order-intents', 'order-checks'] as const) {
    await wake(deps, 'sync.wake', topic, due.filter((entry) => entry.data.topic === topic).map((entry) => entry.id));
  }
}
