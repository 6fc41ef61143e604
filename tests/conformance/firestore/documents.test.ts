import { afterAll, describe, expect, it } from 'vitest';
import { FieldPath, FieldValue } from '@google-cloud/firestore';
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
