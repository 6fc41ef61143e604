import { afterAll, describe, expect, it } from 'vitest';
import { FieldValue, Timestamp } from '@google-cloud/firestore';
import { status } from '@grpc/grpc-js';
import { openHost } from './host.ts';

const host = await openHost();
const { db } = host;
const docs = db.collection('commits');
afterAll(() => host.close());

describe('times', () => {
  it('keeps the create time and advances the update time', async () => {
    const ref = docs.doc('times');
    const first = await ref.set({ a: 1 });
    const second = await ref.set({ a: 2 });
    const snapshot = await ref.get();
    expect(snapshot.createTime?.isEqual(first.writeTime)).toBe(true);
    expect(snapshot.updateTime?.isEqual(second.writeTime)).toBe(true);
    expect(second.writeTime.valueOf() > first.writeTime.valueOf()).toBe(true);
  });

  it('starts a new create time after a delete', async () => {
    const ref = docs.doc('times-again');
    const first = await ref.set({ a: 1 });
    await ref.delete();
    await ref.set({ a: 1 });
    const createTime = (await ref.get()).createTime ?? new Timestamp(0, 0);
    expect(createTime.valueOf() > first.writeTime.valueOf()).toBe(true);
  });

  it('keeps the update time when a write changes nothing', async () => {
    const ref = docs.doc('times-same');
    const first = await ref.set({ a: 1, b: [1, { c: null }] });
    const second = await ref.set({ b: [1, { c: null }], a: 1 });
    expect(second.writeTime.isEqual(first.writeTime)).toBe(true);
  });
});

describe('lastUpdateTime', () => {
  it('lets an update pass that knows the latest version', async () => {
    const ref = docs.doc('versioned');
    const { writeTime } = await ref.set({ n: 1 });
    await ref.update({ n: 2 }, { lastUpdateTime: writeTime });
    expect((await ref.get()).get('n')).toBe(2);
  });

  it('refuses an update that knows an older version with FAILED_PRECONDITION', async () => {
    const ref = docs.doc('versioned-old');
    const { writeTime } = await ref.set({ n: 1 });
    await ref.set({ n: 2 });
    await expect(ref.update({ n: 3 }, { lastUpdateTime: writeTime })).rejects.toMatchObject({ code: status.FAILED_PRECONDITION });
    expect((await ref.get()).get('n')).toBe(2);
  });

  it('refuses a delete that knows an older version', async () => {
    const ref = docs.doc('versioned-delete');
    const { writeTime } = await ref.set({ n: 1 });
    await ref.set({ n: 2 });
    await expect(ref.delete({ lastUpdateTime: writeTime })).rejects.toMatchObject({ code: status.FAILED_PRECONDITION });
    expect((await ref.get()).exists).toBe(true);
  });
});

describe('batch', () => {
  it('applies all writes at one time', async () => {
    const batch = db.batch();
    batch.set(docs.doc('batch-1'), { n: 1 }).set(docs.doc('batch-2'), { n: 2 }).delete(docs.doc('batch-3'));
    await docs.doc('batch-3').set({ n: 3 });
    await batch.commit();
    const [first, second, third] = await db.getAll(docs.doc('batch-1'), docs.doc('batch-2'), docs.doc('batch-3'));
    expect(first?.updateTime?.isEqual(second?.updateTime ?? new Timestamp(0, 0))).toBe(true);
    expect(third?.exists).toBe(false);
  });

  it('applies nothing when one write fails', async () => {
    await docs.doc('atomic-taken').set({ n: 1 });
    const batch = db.batch();
    batch.set(docs.doc('atomic-new'), { n: 1 });
    batch.update(docs.doc('atomic-taken'), { n: FieldValue.increment(1) });
    batch.create(docs.doc('atomic-taken'), { n: 9 });
    await expect(batch.commit()).rejects.toMatchObject({ code: status.ALREADY_EXISTS });
    expect((await docs.doc('atomic-new').get()).exists).toBe(false);
    expect((await docs.doc('atomic-taken').get()).data()).toEqual({ n: 1 });
  });

  it('lets later writes see earlier ones to the same document', async () => {
    const ref = docs.doc('batch-order');
    const batch = db.batch();
    batch.create(ref, { n: 1 });
    batch.update(ref, { n: FieldValue.increment(5), m: 1 });
    batch.set(ref, { k: 2 }, { merge: true });
    await batch.commit();
    expect((await ref.get()).data()).toEqual({ n: 6, m: 1, k: 2 });
  });

  it('creates a document anew after deleting it in the same batch', async () => {
    const ref = docs.doc('batch-recreate');
    await ref.set({ old: 1 });
    await db.batch().delete(ref).create(ref, { fresh: 1 }).commit();
    expect((await ref.get()).data()).toEqual({ fresh: 1 });
  });

  it('takes more than 500 writes', async () => {
    const batch = db.batch();
    for (let n = 0; n < 600; n += 1) batch.set(db.doc(`many/${n}`), { n });
    const results = await batch.commit();
    expect(results).toHaveLength(600);
    expect((await db.collection('many').count().get()).data().count).toBe(600);
  });
});
