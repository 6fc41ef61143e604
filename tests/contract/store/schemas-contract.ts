import { describe, expect, it } from 'vitest';
import { CorruptRecordError } from '../../../functions/src/ports/store.ts';
import { readCounter } from './counter-steps.ts';
import { COUNTERS, JOBS, LOOSE_COUNTERS, aJob } from './records.ts';
import type { OpenStore } from './store-contract.ts';

export function describeSchemas(open: OpenStore): void {
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
}
