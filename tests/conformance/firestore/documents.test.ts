import { afterAll, describe, expect, it } from 'vitest';
import { FieldPath, FieldValue, Timestamp } from '@google-cloud/firestore';
import { status } from '@grpc/grpc-js';
import { openHost } from './host.ts';

const host = await openHost();
const { db } = host;
const docs = db.collection('documents');
afterAll(() => host.close());

describe('get', () => {
  it('tells that a document does not exist', async () => {
    const snapshot = await docs.doc('absent').get();
    expect(snapshot.exists).toBe(false);
    expect(snapshot.data()).toBeUndefined();
    expect(snapshot.readTime.toMillis()).toBeGreaterThan(0);
  });

  it('returns the documents of getAll in the order asked for, found or missing', async () => {
    await docs.doc('all-1').set({ n: 1 });
    const snapshots = await db.getAll(docs.doc('all-0'), docs.doc('all-1'));
    expect(snapshots.map((snapshot) => [snapshot.id, snapshot.exists])).toEqual([['all-0', false], ['all-1', true]]);
  });

  it('returns a document twice when getAll names it twice', async () => {
    await docs.doc('twice').set({ n: 1 });
    const snapshots = await db.getAll(docs.doc('twice'), docs.doc('twice'));
    expect(snapshots.map((snapshot) => snapshot.get('n'))).toEqual([1, 1]);
  });

  it('returns only the fields of a mask', async () => {
    await docs.doc('masked').set({ a: 1, b: { c: 2, d: 3 } });
    const [snapshot] = await db.getAll(docs.doc('masked'), { fieldMask: ['b.c', 'absent'] });
    expect(snapshot?.data()).toEqual({ b: { c: 2 } });
  });
});

describe('set', () => {
  it('replaces the whole document', async () => {
    const ref = docs.doc('replaced');
    await ref.set({ a: 1, b: { c: 2 } });
    await ref.set({ b: { d: 3 } });
    expect((await ref.get()).data()).toEqual({ b: { d: 3 } });
  });

  it('merges nested maps with merge, leaving other fields alone', async () => {
    const ref = docs.doc('merged');
    await ref.set({ a: 1, b: { c: 2 } });
    await ref.set({ b: { d: 3 } }, { merge: true });
    expect((await ref.get()).data()).toEqual({ a: 1, b: { c: 2, d: 3 } });
  });

  it('creates a document with merge', async () => {
    const ref = docs.doc('merge-created');
    await ref.set({ a: { b: 1 } }, { merge: true });
    expect((await ref.get()).data()).toEqual({ a: { b: 1 } });
  });

  it('replaces a map by an empty map with merge', async () => {
    const ref = docs.doc('merge-empty');
    await ref.set({ a: { b: 1 }, c: 1 });
    await ref.set({ a: {} }, { merge: true });
    expect((await ref.get()).data()).toEqual({ a: {}, c: 1 });
  });

  it('writes only the fields of mergeFields', async () => {
    const ref = docs.doc('merge-fields');
    await ref.set({ a: 1, b: { c: 2, d: 4 } });
    await ref.set({ a: 9, b: { c: 8, d: 8 } }, { mergeFields: ['b.c'] });
    expect((await ref.get()).data()).toEqual({ a: 1, b: { c: 8, d: 4 } });
  });

  it('deletes a field with merge and FieldValue.delete', async () => {
    const ref = docs.doc('merge-delete');
    await ref.set({ a: 1, b: { c: 2, d: 3 } });
    await ref.set({ b: { c: FieldValue.delete() } }, { merge: true });
    expect((await ref.get()).data()).toEqual({ a: 1, b: { d: 3 } });
  });

  it('stores a document without fields', async () => {
    const ref = docs.doc('empty');
    await ref.set({});
    const snapshot = await ref.get();
    expect(snapshot.exists).toBe(true);
    expect(snapshot.data()).toEqual({});
  });
});

describe('create', () => {
  it('stores a new document', async () => {
    const ref = docs.doc('created');
    await ref.create({ a: 1 });
    expect((await ref.get()).data()).toEqual({ a: 1 });
  });

  it('fails with ALREADY_EXISTS and leaves the document as it was', async () => {
    const ref = docs.doc('created-twice');
    await ref.create({ a: 1 });
    await expect(ref.create({ a: 2 })).rejects.toMatchObject({ code: status.ALREADY_EXISTS });
    expect((await ref.get()).data()).toEqual({ a: 1 });
  });

  it('gives documents added to a collection ids of their own', async () => {
    const [first, second] = await Promise.all([docs.add({ n: 1 }), docs.add({ n: 2 })]);
    expect(first.id).not.toBe(second.id);
    expect((await second.get()).data()).toEqual({ n: 2 });
  });
});

describe('update', () => {
  it('changes fields by dotted paths and keeps their siblings', async () => {
    const ref = docs.doc('updated');
    await ref.set({ a: { b: 1, c: 2 }, d: 3 });
    await ref.update({ 'a.b': 9, 'a.e.f': 7 });
    expect((await ref.get()).data()).toEqual({ a: { b: 9, c: 2, e: { f: 7 } }, d: 3 });
  });

  it('replaces a map that is named without a path', async () => {
    const ref = docs.doc('updated-map');
    await ref.set({ a: { b: 1, c: 2 } });
    await ref.update({ a: { b: 9 } });
    expect((await ref.get()).data()).toEqual({ a: { b: 9 } });
  });

  it('replaces a value that is not a map when a path leads through it', async () => {
    const ref = docs.doc('updated-through');
    await ref.set({ a: 1 });
    await ref.update({ 'a.b': 2 });
    expect((await ref.get()).data()).toEqual({ a: { b: 2 } });
  });

  it('deletes a nested field', async () => {
    const ref = docs.doc('update-delete');
    await ref.set({ a: { b: 1, c: 2 } });
    await ref.update({ 'a.b': FieldValue.delete(), absent: FieldValue.delete() });
    expect((await ref.get()).data()).toEqual({ a: { c: 2 } });
  });

  it('changes fields whose names need quotes', async () => {
    const ref = docs.doc('quoted');
    const odd = new FieldPath('a.b', 'c`d\\e', 'ü 1');
    await ref.set({ kept: 1 });
    await ref.update(odd, 5);
    const snapshot = await ref.get();
    expect(snapshot.get(odd)).toBe(5);
    expect(snapshot.data()).toEqual({ kept: 1, 'a.b': { 'c`d\\e': { 'ü 1': 5 } } });
  });

  it('fails with NOT_FOUND when there is no document', async () => {
    await expect(docs.doc('never').update({ a: 1 })).rejects.toMatchObject({ code: status.NOT_FOUND });
    expect((await docs.doc('never').get()).exists).toBe(false);
  });
});

describe('delete', () => {
  it('removes a document, and succeeds when there is none', async () => {
    const ref = docs.doc('deleted');
    await ref.set({ a: 1 });
    await ref.delete();
    await ref.delete();
    expect((await ref.get()).exists).toBe(false);
  });

  it('fails with NOT_FOUND when the document must exist but does not', async () => {
    await expect(docs.doc('deleted-never').delete({ exists: true })).rejects.toMatchObject({ code: status.NOT_FOUND });
  });

  it('leaves the documents below a deleted one', async () => {
    const parent = docs.doc('parent');
    await parent.set({ a: 1 });
    await parent.collection('below').doc('child').set({ b: 2 });
    await parent.delete();
    expect((await parent.collection('below').doc('child').get()).data()).toEqual({ b: 2 });
  });
});

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
