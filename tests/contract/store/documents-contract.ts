import { describe, expect, it } from 'vitest';
import { AlreadyExistsError, CorruptRecordError, type Store } from '../../../functions/src/ports/store.ts';
import { collection } from '../../../functions/src/schema/collection.ts';
import { AUDIT, COUNTERS, JOBS, LOOSE_COUNTERS, TIMELINES, WRITTEN_AT, aJob, aTimeline } from './records.ts';
import type { OpenStore } from './store-contract.ts';

const readCounter = async (store: Store, id: string): Promise<number | null> =>
  (await store.get({ counter: { collection: COUNTERS, id } })).counter?.value ?? null;

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
  });

  describe('stamps and times', () => {
    it('stamps every document and hides the stamp from the engine', async () => {
      const { store, namespace, raw, rawTime } = await open();
      await store.commit((writer) => { writer.create(JOBS, 'one', aJob()); });
      expect(await raw(`hedge/${namespace}/jobs/one`)).toMatchObject({
        schemaVersion: 3,
        engineVersion: '0.1.0-test',
        configHash: 'c0ffee',
        runId: 'run-1',
        updatedAt: rawTime(WRITTEN_AT),
      });
      expect((await store.get({ job: { collection: JOBS, id: 'one' } })).job).toEqual(aJob());
    });

    it('refuses a record that uses a name of the stamp', async () => {
      const { store } = await open();
      const writing = store.commit((writer) => { writer.set(LOOSE_COUNTERS, 'one', { value: 1, runId: 'mine' }); });
      await expect(writing).rejects.toThrow(/field runId is set by the store/);
    });

    it('gives every time back to the millisecond, in lists and maps too', async () => {
      const { store } = await open();
      const edges = aTimeline({ startedAt: 0, endedAt: 253_402_300_799_999 });
      await store.commit((writer) => {
        writer.set(TIMELINES, 'usual', aTimeline());
        writer.set(TIMELINES, 'edges', edges);
      });
      const got = await store.get({
        usual: { collection: TIMELINES, id: 'usual' },
        edges: { collection: TIMELINES, id: 'edges' },
      });
      expect(got).toEqual({ usual: aTimeline(), edges });
    });

    it('holds times as the database\'s own, and durations as numbers', async () => {
      const { store, namespace, raw, rawTime } = await open();
      await store.commit((writer) => { writer.set(TIMELINES, 'one', aTimeline()); });
      expect(await raw(`hedge/${namespace}/timelines/one`)).toMatchObject({
        startedAt: rawTime(1_763_700_000_001),
        endedAt: null,
        attemptsAt: [0, 1, 999, 1_763_700_000_999].map(rawTime),
        tradesAtBySymbol: { BTCUSDT: [1_763_700_000_007, 1_763_700_000_008].map(rawTime), ETHUSDT: [] },
        lastFillAtBySymbol: { BTCUSDT: rawTime(1_763_700_000_009) },
        legs: [{ filledAt: rawTime(1_763_700_000_010), price: 0.1 }],
        elapsedMs: 86_400_000,
      });
    });
  });

  describe('schemas', () => {
    it('refuses a bad value before anything is written, naming path and field', async () => {
      const { store, namespace } = await open();
      const writing = store.commit((writer) => {
        writer.set(COUNTERS, 'good', { value: 1 });
        writer.set(COUNTERS, 'bad', { value: 0.5 });
      });
      await expect(writing).rejects.toThrow(new RegExp(`hedge/${namespace}/counters/bad was not written.*value`));
      expect(await readCounter(store, 'good')).toBeNull();
    });

    it('reports a stored document that its schema refuses, naming path and field', async () => {
      const { store, namespace } = await open();
      await store.commit((writer) => { writer.set(LOOSE_COUNTERS, 'odd', { value: 'many' }); });
      const reading = readCounter(store, 'odd');
      await expect(reading).rejects.toBeInstanceOf(CorruptRecordError);
      await expect(reading).rejects.toMatchObject({
        path: `hedge/${namespace}/counters/odd`,
        message: expect.stringMatching(/value:/) as unknown,
      });
    });

    it('reports a corrupt document to transactions and queries as well', async () => {
      const { store } = await open();
      await store.commit((writer) => { writer.set(LOOSE_COUNTERS, 'odd', { value: 1, extra: true }); });
      const inTransaction = store.transact(async (tx) => tx.get({ counter: { collection: COUNTERS, id: 'odd' } }));
      await expect(inTransaction).rejects.toBeInstanceOf(CorruptRecordError);
      await expect(store.query({ collection: COUNTERS, where: [], limit: 1 })).rejects.toBeInstanceOf(CorruptRecordError);
    });

    it('keeps optional fields that are absent, absent', async () => {
      const { store, namespace, raw } = await open();
      await store.commit((writer) => { writer.set(JOBS, 'one', aJob()); });
      expect(await raw(`hedge/${namespace}/jobs/one`)).not.toHaveProperty('note');
    });

    it.each([
      ['undefined', { value: { deep: undefined } }, /counters\/odd\.value\.deep is undefined/],
      ['NaN', { value: [Number.NaN] }, /counters\/odd\.value\[0\] is NaN/],
      ['a Date', { value: new Date(0) }, /counters\/odd\.value is an instance of Date/],
      ['a bigint', { value: 1n }, /counters\/odd\.value is a bigint/],
      ['a list in a list', { value: [[1]] }, /counters\/odd\.value\[0\] is a list inside a list/],
      ['a reserved field name', { __value__: 1 }, /field named "__value__"/],
      ['a fraction of a millisecond', { seenAt: 1.5 }, /counters\/odd\.seenAt is 1\.5, which is no time/],
      ['a time after the year 9999', { seenAt: { first: 253_402_300_800_000 } }, /counters\/odd\.seenAt\.first is 253402300800000/],
    ])('refuses %s, naming the field', async (_what, data, message) => {
      const { store } = await open();
      const writing = store.commit((writer) => { writer.set(LOOSE_COUNTERS, 'odd', data); });
      await expect(writing).rejects.toThrow(message);
      expect((await store.get({ odd: { collection: LOOSE_COUNTERS, id: 'odd' } })).odd).toBeNull();
    });
  });

  describe('isolation of values', () => {
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
