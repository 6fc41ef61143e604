import type { Store, Transaction } from '../../../functions/src/ports/store.ts';
import { COUNTERS } from './records.ts';

export async function setCounter(store: Store, id: string, value: number): Promise<void> {
  await store.commit((writer) => { writer.set(COUNTERS, id, { value }); });
}

export async function valueOf(reader: Store | Transaction, id: string): Promise<number> {
  const { counter } = await reader.get({ counter: { collection: COUNTERS, id } });
  if (counter === null) throw new Error(`counter ${id} is missing`);
  return counter.value;
}

export const increment = async (store: Store, id: string): Promise<void> =>
  store.transact(async (tx) => {
    const value = await valueOf(tx, id);
    tx.set(COUNTERS, id, { value: value + 1 });
  });

/** Null when there is none. */
export const readCounter = async (store: Store, id: string): Promise<number | null> =>
  (await store.get({ counter: { collection: COUNTERS, id } })).counter?.value ?? null;
