import { describe, expect, it } from 'vitest';
import { AlreadyExistsError } from '../../../functions/src/ports/store.ts';
import { increment, setCounter, valueOf } from './counter-steps.ts';
import { COUNTERS, JOBS, aJob } from './records.ts';
import type { OpenStore } from './store-contract.ts';

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
}
