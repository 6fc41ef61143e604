import { CommitFaultError } from '../../functions/src/adapters/store-memory/memory-store.ts';
import type { Store, Writer } from '../../functions/src/ports/store.ts';

/** Writes as a person does, who tries again until the store has said that it is done. */
export async function insist(store: Store, write: (writer: Writer) => void): Promise<void> {
  for (;;) {
    try {
      return await store.commit(write);
    } catch (error) {
      if (!(error instanceof CommitFaultError)) throw error;
    }
  }
}
