/** A record that must not stop a run by being damaged: `corrupt` is an answer here, and the reader says what it means. */
import { CorruptRecordError } from '../ports/store.ts';
import type { Store } from '../ports/store.ts';
import type { Collection } from '../schema/collection.ts';
import type { Stored } from '../domain/learning/learned.ts';

export async function readStored<T>(store: Pick<Store, 'get'>, from: Collection<T>, id: string): Promise<Stored<T>> {
  try {
    const { record } = await store.get({ record: { collection: from, id } });
    return record;
  } catch (error) {
    if (error instanceof CorruptRecordError) return 'corrupt';
    throw error;
  }
}
