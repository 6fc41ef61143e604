import { describe, expect, it } from 'vitest';
import { AlreadyExistsError } from '../../../functions/src/ports/store.ts';
import { collection } from '../../../functions/src/schema/collection.ts';
import { readCounter } from './counter-steps.ts';
import { AUDIT, COUNTERS, JOBS, aJob } from './records.ts';
import type { OpenStore } from './store-contract.ts';

export function describeDocuments(open: OpenStore): void {
  describe('documents', () => {
    it('gives every document wanted under its own key, and null for the missing', async () => {
      const { store } = await open();
      await store.commit((writer) => {
        writer.create(COUNTERS, 'one', { value: 1 });
        writer.create(JOBS, 'one', aJob({ rank: 7 }));
      });
      const got = await store.get({
        counter: { collection: COUNTERS, id: 'one' },
        job: { collection: JOBS, id: 'one' },
        missing: { collection: COUNTERS, id: 'two' },
      });
      expect(got).toEqual({ counter: { value: 1 }, job: aJob({ rank: 7 }), missing: null });
    });

    it('answers an empty wish with an empty result', async () => {
      const { store } = await open();
      expect(await store.get({})).toEqual({});
    });

    it('refuses to create a document that exists, and keeps the old one', async () => {
      const { store, namespace } = await open();
      await store.commit((writer) => { writer.create(COUNTERS, 'one', { value: 1 }); });
      const again = store.commit((writer) => { writer.create(COUNTERS, 'one', { value: 2 }); });
      await expect(again).rejects.toBeInstanceOf(AlreadyExistsError);
      await expect(again).rejects.toMatchObject({ path: `hedge/${namespace}/counters/one` });
      expect(await readCounter(store, 'one')).toBe(1);
    });

    it('names the document that was taken among several creates', async () => {
      const { store, namespace } = await open();
      await store.commit((writer) => { writer.create(COUNTERS, 'b', { value: 1 }); });
      const again = store.commit((writer) => {
        writer.create(COUNTERS, 'a', { value: 2 });
        writer.create(COUNTERS, 'b', { value: 2 });
        writer.create(COUNTERS, 'bb', { value: 2 });
      });
      await expect(again).rejects.toMatchObject({ name: 'AlreadyExistsError', path: `hedge/${namespace}/counters/b` });
      expect(await readCounter(store, 'a')).toBeNull();
    });

    it('replaces the whole document on set', async () => {
      const { store } = await open();
      await store.commit((writer) => { writer.set(JOBS, 'one', aJob({ note: 'first', owner: 'a' })); });
      await store.commit((writer) => { writer.set(JOBS, 'one', aJob({ rank: 2 })); });
      expect((await store.get({ job: { collection: JOBS, id: 'one' } })).job).toEqual(aJob({ rank: 2 }));
    });

    it('deletes a document, and a missing one without complaint', async () => {
      const { store } = await open();
      await store.commit((writer) => { writer.set(COUNTERS, 'one', { value: 1 }); });
      await store.commit((writer) => {
        writer.delete(COUNTERS, 'one');
        writer.delete(COUNTERS, 'never-there');
      });
      expect(await readCounter(store, 'one')).toBeNull();
    });

    it('applies the writes of one commit in their order', async () => {
      const { store } = await open();
      await store.commit((writer) => {
        writer.create(COUNTERS, 'one', { value: 1 });
        writer.set(COUNTERS, 'one', { value: 2 });
      });
      expect(await readCounter(store, 'one')).toBe(2);
    });

    it('lets a commit replace a document by delete and create', async () => {
      const { store } = await open();
      await store.commit((writer) => { writer.create(COUNTERS, 'one', { value: 1 }); });
      await store.commit((writer) => {
        writer.delete(COUNTERS, 'one');
        writer.create(COUNTERS, 'one', { value: 2 });
      });
      expect(await readCounter(store, 'one')).toBe(2);
    });

    it('refuses a commit that creates the same document twice, and writes nothing of it', async () => {
      const { store } = await open();
      const twice = store.commit((writer) => {
        writer.create(COUNTERS, 'one', { value: 1 });
        writer.create(COUNTERS, 'one', { value: 2 });
      });
      await expect(twice).rejects.toBeInstanceOf(AlreadyExistsError);
      expect(await readCounter(store, 'one')).toBeNull();
    });

    it('writes nothing of a commit whose callback throws', async () => {
      const { store } = await open();
      const failing = store.commit((writer) => {
        writer.set(COUNTERS, 'one', { value: 1 });
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await readCounter(store, 'one')).toBeNull();
    });

    it('keeps a collection below a document apart', async () => {
      const { store, namespace, raw } = await open();
      await store.commit((writer) => { writer.create(AUDIT, '0001', { actor: 'ops' }); });
      expect(await raw(`hedge/${namespace}/control/trading/audit/0001`)).toMatchObject({ actor: 'ops' });
    });

    it.each(['', 'a/b', '.', '..', '__x__', 'é'.repeat(751)])('refuses the document id "%s" before anything is sent', async (id) => {
      const { store } = await open();
      const writing = store.commit((writer) => {
        writer.set(COUNTERS, 'good', { value: 1 });
        writer.set(COUNTERS, id, { value: 1 });
      });
      await expect(writing).rejects.toThrow(/document id in hedge/);
      expect(await readCounter(store, 'good')).toBeNull();
    });

    it('refuses a collection name that would be the path of a document', async () => {
      const { store } = await open();
      const even = collection('control/trading', 1, COUNTERS.schema);
      await expect(store.get({ it: { collection: even, id: 'one' } })).rejects.toThrow(/"control\/trading" ends at a document/);
    });

    it('is not affected when a caller changes what it wrote', async () => {
      const { store } = await open();
      const mine = { value: 1 };
      await store.commit((writer) => {
        writer.set(COUNTERS, 'one', mine);
        mine.value = 2;
      });
      mine.value = 3;
      expect(await readCounter(store, 'one')).toBe(1);
    });
  });
}
