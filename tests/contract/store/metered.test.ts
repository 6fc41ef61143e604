import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import { meteredStore, type MeteredStore } from '../../../functions/src/adapters/store-metered/metered-store.ts';
import { COUNTERS, TEST_STAMP } from './records.ts';

const aMeteredStore = (rerun: (attempt: number) => boolean = () => false): MeteredStore =>
  meteredStore(createMemoryStore({ namespace: 'paper', stamp: TEST_STAMP, rerun }));

const WANTED = { a: { collection: COUNTERS, id: 'a' }, b: { collection: COUNTERS, id: 'b' } };

describe('the cost of a run', () => {
  it('is nothing at first', () => {
    expect(aMeteredStore().cost()).toEqual({ roundTrips: 0, documentsRead: 0, documentsWritten: 0, documentsDeleted: 0 });
  });

  it('counts a get of several documents as one round trip', async () => {
    const store = aMeteredStore();
    await store.get(WANTED);
    expect(store.cost()).toEqual({ roundTrips: 1, documentsRead: 2, documentsWritten: 0, documentsDeleted: 0 });
  });

  it('counts the documents a query found, and one read for a query that found none', async () => {
    const store = aMeteredStore();
    await store.query({ collection: COUNTERS, where: [], limit: 9 });
    await store.commit((writer) => {
      for (const id of ['a', 'b', 'c']) writer.set(COUNTERS, id, { value: 1 });
    });
    await store.query({ collection: COUNTERS, where: [], limit: 9 });
    expect(store.cost()).toEqual({ roundTrips: 3, documentsRead: 1 + 3, documentsWritten: 3, documentsDeleted: 0 });
  });

  it('counts reads, writes and the commit of every attempt of a transaction', async () => {
    const store = aMeteredStore((attempt) => attempt < 2);
    await store.transact(async (tx) => {
      await tx.get(WANTED);
      tx.create(COUNTERS, 'a', { value: 1 });
      tx.delete(COUNTERS, 'b');
    });
    expect(store.cost()).toEqual({ roundTrips: 4, documentsRead: 4, documentsWritten: 2, documentsDeleted: 2 });
  });

  it('counts no commit for a body that threw', async () => {
    const store = aMeteredStore();
    const failing = store.transact(async (tx) => {
      await tx.get(WANTED);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(store.cost()).toEqual({ roundTrips: 1, documentsRead: 2, documentsWritten: 0, documentsDeleted: 0 });
  });
});
