import { describe, expect, it } from 'vitest';
import { AlreadyExistsError, ContentionError, type Store, type Transaction } from '../../../functions/src/ports/store.ts';
import { COUNTERS, JOBS, SLOTS, aJob } from './records.ts';
import type { OpenStore } from './store-contract.ts';

async function setCounter(store: Store, id: string, value: number): Promise<void> {
  await store.commit((writer) => { writer.set(COUNTERS, id, { value }); });
}

async function valueOf(reader: Store | Transaction, id: string): Promise<number> {
  const { counter } = await reader.get({ counter: { collection: COUNTERS, id } });
  if (counter === null) throw new Error(`counter ${id} is missing`);
  return counter.value;
}

const increment = async (store: Store, id: string): Promise<void> =>
  store.transact(async (tx) => {
    const value = await valueOf(tx, id);
    tx.set(COUNTERS, id, { value: value + 1 });
  });

/** What a caller does about contention: try again until it is done. */
async function persistently(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ContentionError)) throw error;
    await persistently(work);
  }
}

async function takeSlot(store: Store, holder: string): Promise<boolean> {
  return store.transact(async (tx) => {
    const { slots } = await tx.get({ slots: { collection: SLOTS, id: 'desk' } });
    if (slots === null || slots.free === 0) return false;
    tx.set(SLOTS, 'desk', { free: slots.free - 1, holders: [...slots.holders, holder] });
    return true;
  });
}

export function describeTransactions(open: OpenStore): void {
  describe('transactions', () => {
    it('commits what the body wrote and returns its result', async () => {
      const { store } = await open();
      await setCounter(store, 'one', 41);
      const result = await store.transact(async (tx) => {
        const value = await valueOf(tx, 'one');
        tx.set(COUNTERS, 'one', { value: value + 1 });
        tx.create(JOBS, 'one', aJob());
        return value;
      });
      expect(result).toBe(41);
      expect(await valueOf(store, 'one')).toBe(42);
    });

    it('reads several documents at once, missing ones as null', async () => {
      const { store } = await open();
      await setCounter(store, 'one', 1);
      const got = await store.transact(async (tx) =>
        tx.get({ one: { collection: COUNTERS, id: 'one' }, two: { collection: JOBS, id: 'two' } }),
      );
      expect(got).toEqual({ one: { value: 1 }, two: null });
    });

    it('writes nothing when the body throws, and passes its error on', async () => {
      const { store } = await open();
      await setCounter(store, 'one', 1);
      const failing = store.transact(async (tx) => {
        await valueOf(tx, 'one');
        tx.set(COUNTERS, 'one', { value: 2 });
        tx.create(JOBS, 'one', aJob());
        throw new RangeError('cap exceeded');
      });
      await expect(failing).rejects.toThrow(new RangeError('cap exceeded'));
      expect(await valueOf(store, 'one')).toBe(1);
      expect((await store.get({ job: { collection: JOBS, id: 'one' } })).job).toBeNull();
    });

    it('leaves nothing locked behind a body that threw', async () => {
      const { store } = await open();
      await setCounter(store, 'one', 1);
      const failing = store.transact(async (tx) => {
        await valueOf(tx, 'one');
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await increment(store, 'one');
      expect(await valueOf(store, 'one')).toBe(2);
    });

    it('refuses a read after a write', async () => {
      const { store } = await open();
      await setCounter(store, 'one', 1);
      const backwards = store.transact(async (tx) => {
        tx.set(COUNTERS, 'one', { value: 2 });
        return valueOf(tx, 'one');
      });
      await expect(backwards).rejects.toThrow(/read after its first write/);
      expect(await valueOf(store, 'one')).toBe(1);
    });

    it('refuses to create a document that exists, and writes nothing else', async () => {
      const { store, namespace } = await open();
      await setCounter(store, 'one', 1);
      const conflicting = store.transact(async (tx) => {
        await tx.get({ other: { collection: COUNTERS, id: 'other' } });
        tx.set(COUNTERS, 'other', { value: 1 });
        tx.create(COUNTERS, 'one', { value: 2 });
      });
      await expect(conflicting).rejects.toBeInstanceOf(AlreadyExistsError);
      await expect(conflicting).rejects.toMatchObject({ path: `hedge/${namespace}/counters/one` });
      expect((await store.get({ other: { collection: COUNTERS, id: 'other' } })).other).toBeNull();
    });

    it('refuses a value that the schema refuses, and writes nothing', async () => {
      const { store } = await open();
      await setCounter(store, 'one', 1);
      const bad = store.transact(async (tx) => {
        tx.set(COUNTERS, 'one', { value: 2 });
        tx.set(COUNTERS, 'two', { value: Number.NaN });
        return Promise.resolve();
      });
      await expect(bad).rejects.toThrow(/counters\/two was not written.*value/);
      expect(await valueOf(store, 'one')).toBe(1);
    });

    it('runs a body that neither reads nor writes', async () => {
      const { store } = await open();
      expect(await store.transact(async () => Promise.resolve('done'))).toBe('done');
    });
  });

  describe('concurrent transactions', () => {
    it('re-runs a body whose document was changed by another commit before its own', async () => {
      const { store } = await open();
      await setCounter(store, 'one', 0);
      await Promise.all([increment(store, 'one'), increment(store, 'one'), increment(store, 'one')]);
      expect(await valueOf(store, 'one')).toBe(3);
    });

    it('loses none of 20 concurrent increments', async () => {
      const { store } = await open();
      await setCounter(store, 'one', 0);
      await Promise.all(Array.from({ length: 20 }, async () => persistently(async () => increment(store, 'one'))));
      expect(await valueOf(store, 'one')).toBe(20);
    });

    it('gives the last slot to exactly one of 20 that want it', async () => {
      const { store } = await open();
      await store.commit((writer) => { writer.set(SLOTS, 'desk', { free: 1, holders: [] }); });
      const wants = Array.from({ length: 20 }, (_, index) => `worker-${String(index)}`);
      const taken: string[] = [];
      await Promise.all(
        wants.map(async (holder) =>
          persistently(async () => {
            if (await takeSlot(store, holder)) taken.push(holder);
          }),
        ),
      );
      expect(taken).toHaveLength(1);
      const { desk } = await store.get({ desk: { collection: SLOTS, id: 'desk' } });
      expect(desk).toEqual({ free: 0, holders: taken });
    });

    it('lets exactly one of two concurrent creates of the same id through', async () => {
      const { store } = await open();
      const claims = await Promise.allSettled(
        [1, 2].map(async (value) => store.commit((writer) => { writer.create(COUNTERS, 'claim', { value }); })),
      );
      expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });

    it('prevents write skew: two that each read both and write one cannot both pass', async () => {
      const { store } = await open();
      await setCounter(store, 'left', 1);
      await setCounter(store, 'right', 1);
      const giveUp = async (mine: string): Promise<void> =>
        store.transact(async (tx) => {
          const sum = (await valueOf(tx, 'left')) + (await valueOf(tx, 'right'));
          if (sum > 1) tx.set(COUNTERS, mine, { value: 0 });
        });
      await Promise.all([persistently(async () => giveUp('left')), persistently(async () => giveUp('right'))]);
      expect((await valueOf(store, 'left')) + (await valueOf(store, 'right'))).toBe(1);
    });

    it('shows a body one state only, whatever commits between its reads', async () => {
      const { store } = await open();
      const move = async (step: number): Promise<void> =>
        persistently(async () =>
          store.transact(async (tx) => {
            const { left, right } = await tx.get({
              left: { collection: COUNTERS, id: 'left' },
              right: { collection: COUNTERS, id: 'right' },
            });
            tx.set(COUNTERS, 'left', { value: (left?.value ?? 0) - step });
            tx.set(COUNTERS, 'right', { value: (right?.value ?? 0) + step });
          }),
        );
      await setCounter(store, 'left', 0);
      await setCounter(store, 'right', 0);
      const sums: number[] = [];
      const look = async (): Promise<void> =>
        persistently(async () =>
          store.transact(async (tx) => {
            sums.push((await valueOf(tx, 'left')) + (await valueOf(tx, 'right')));
          }),
        );
      await Promise.all([move(1), look(), move(2), look(), move(3), look()]);
      expect(new Set(sums)).toEqual(new Set([0]));
      expect(await valueOf(store, 'right')).toBe(6);
    });

    it('re-runs a body that found nothing when the document appears before its commit', async () => {
      const { store } = await open();
      const claim = async (holder: number): Promise<boolean> =>
        store.transact(async (tx) => {
          const { owner } = await tx.get({ owner: { collection: COUNTERS, id: 'owner' } });
          if (owner !== null) return owner.value === holder;
          tx.set(COUNTERS, 'owner', { value: holder });
          return true;
        });
      const claimed = await Promise.all([1, 2, 3].map(claim));
      expect(claimed.filter(Boolean)).toHaveLength(1);
    });
  });
}
