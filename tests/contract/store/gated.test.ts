import { describe, expect, it } from 'vitest';
import { gatedStore, type WithheldCommit } from '../../../functions/src/adapters/store-gated/gated-store.ts';
import { createMemoryStore, type MemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import type { Store } from '../../../functions/src/ports/store.ts';
import { COUNTERS, TEST_STAMP } from './records.ts';

interface Gated {
  readonly inner: MemoryStore;
  readonly store: Store;
  readonly withheld: WithheldCommit[];
}

async function aGatedStore(writes: 'allowed' | 'refused', rerun?: (attempt: number) => boolean): Promise<Gated> {
  const inner = createMemoryStore({ namespace: 'prod', stamp: TEST_STAMP, ...(rerun && { rerun }) });
  await inner.commit((writer) => { writer.create(COUNTERS, 'n', { value: 1 }); });
  const withheld: WithheldCommit[] = [];
  const store = gatedStore(inner, { writes, reason: 'control/write_gate is closed' }, (commit) => withheld.push(commit));
  return { inner, store, withheld };
}

const increment = async (store: Store): Promise<number> =>
  store.transact(async (tx) => {
    const { n } = await tx.get({ n: { collection: COUNTERS, id: 'n' } });
    const value = (n?.value ?? 0) + 1;
    tx.set(COUNTERS, 'n', { value });
    tx.create(COUNTERS, 'm', { value });
    tx.delete(COUNTERS, 'old');
    return value;
  });

describe('a store behind a closed write gate', () => {
  it('still gets and queries', async () => {
    const { store } = await aGatedStore('refused');
    expect(await store.get({ n: { collection: COUNTERS, id: 'n' } })).toEqual({ n: { value: 1 } });
    expect(await store.query({ collection: COUNTERS, where: [], limit: 5 })).toEqual([{ id: 'n', data: { value: 1 } }]);
  });

  it('reports a commit instead of making it', async () => {
    const { inner, store, withheld } = await aGatedStore('refused');
    await store.commit((writer) => {
      writer.set(COUNTERS, 'n', { value: 2 });
      writer.delete(COUNTERS, 'old');
    });
    expect(inner.dump().get('hedge/prod/counters/n')).toMatchObject({ value: 1 });
    expect(withheld).toEqual([
      {
        reason: 'control/write_gate is closed',
        writes: [
          { kind: 'set', collection: 'counters', id: 'n', data: { value: 2 } },
          { kind: 'delete', collection: 'counters', id: 'old' },
        ],
      },
    ]);
  });

  it('runs a transaction to its result, discards its writes and reports them once, however often the body ran', async () => {
    const { inner, store, withheld } = await aGatedStore('refused', (attempt) => attempt < 3);
    expect(await increment(store)).toBe(2);
    expect([...inner.dump().keys()]).toEqual(['hedge/prod/counters/n']);
    expect(inner.dump().get('hedge/prod/counters/n')).toMatchObject({ value: 1 });
    expect(withheld.map(({ writes }) => writes.map(({ kind, id }) => `${kind} ${id}`))).toEqual([['set n', 'create m', 'delete old']]);
  });

  it('reports nothing for a body that only reads, or that throws', async () => {
    const { store, withheld } = await aGatedStore('refused');
    await store.transact(async (tx) => tx.get({ n: { collection: COUNTERS, id: 'n' } }));
    const failing = store.transact(async (tx) => {
      tx.set(COUNTERS, 'n', { value: 9 });
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(withheld).toEqual([]);
  });

  it('refuses a read after a write, as an open gate would', async () => {
    const { store } = await aGatedStore('refused');
    const backwards = store.transact(async (tx) => {
      tx.set(COUNTERS, 'n', { value: 2 });
      return tx.get({ n: { collection: COUNTERS, id: 'n' } });
    });
    await expect(backwards).rejects.toThrow(/read after its first write/);
  });
});

describe('a store behind an open write gate', () => {
  it('writes and reports nothing', async () => {
    const { inner, store, withheld } = await aGatedStore('allowed');
    await increment(store);
    expect(inner.dump().get('hedge/prod/counters/n')).toMatchObject({ value: 2 });
    expect(withheld).toEqual([]);
  });
});
