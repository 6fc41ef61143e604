import type { Store } from '../../ports/store.ts';
import { ACKNOWLEDGEMENTS } from '../../schema/records/acknowledgement.ts';
import type { Acknowledgement } from '../../schema/records/acknowledgement.ts';
import type { EpochMs } from '../../schema/scalars.ts';

/** Who has seen it; null while nobody has, or when it has come again since. */
export interface Acknowledged {
  readonly acknowledgement: Acknowledgement | null;
}

/** `beganAt`: when an incident was opened, or an alert raised. An acknowledgement counts for that time alone. */
export async function withAcknowledgements<T extends { readonly id: string }>(store: Pick<Store, 'get'>, items: readonly T[], beganAt: (item: T) => EpochMs): Promise<readonly (T & Acknowledged)[]> {
  if (items.length === 0) return [];
  const got = await store.get(Object.fromEntries(items.map(({ id }) => [id, { collection: ACKNOWLEDGEMENTS, id }])));
  return items.map((item) => {
    const seen = got[item.id] ?? null;
    return { ...item, acknowledgement: seen?.openedAt === beganAt(item) ? seen : null };
  });
}
