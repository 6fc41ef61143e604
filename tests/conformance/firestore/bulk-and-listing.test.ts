import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { status } from '@grpc/grpc-js';
import { openHost } from './host.ts';

const host = await openHost();
const { db } = host;
afterAll(() => host.close());

describe('BulkWriter', () => {
  it('writes many documents', async () => {
    const writer = db.bulkWriter();
    for (let n = 0; n < 100; n += 1) void writer.set(db.doc(`bulk/${n}`), { n });
    await writer.close();
    expect((await db.collection('bulk').count().get()).data().count).toBe(100);
  });

  it('reports a failing write by itself and does the others', async () => {
    await db.doc('bulk-mixed/taken').set({ n: 1 });
    const writer = db.bulkWriter();
    writer.onWriteError(() => false);
    const outcomes = Promise.allSettled([
      writer.create(db.doc('bulk-mixed/taken'), { n: 2 }),
      writer.set(db.doc('bulk-mixed/new'), { n: 3 }),
    ]);
    await writer.close();
    const [created, set] = await outcomes;
    expect(created).toMatchObject({ status: 'rejected', reason: { code: status.ALREADY_EXISTS } });
    expect(set.status).toBe('fulfilled');
    expect((await db.doc('bulk-mixed/taken').get()).get('n')).toBe(1);
  });

  it('updates, deletes and writes one document several times in order', async () => {
    const ref = db.doc('bulk-order/a');
    const writer = db.bulkWriter();
    void writer.set(ref, { n: 1 });
    void writer.update(ref, { n: 2 });
    void writer.set(db.doc('bulk-order/b'), { n: 1 });
    void writer.delete(db.doc('bulk-order/b'));
    await writer.close();
    expect((await ref.get()).get('n')).toBe(2);
    expect((await db.doc('bulk-order/b').get()).exists).toBe(false);
  });
});

describe('recursiveDelete', () => {
  beforeAll(async () => {
    const paths = ['trees/oak', 'trees/oak/leaves/1', 'trees/oak/leaves/1/veins/x', 'trees/oak-2', 'trees/oak-2/leaves/1', 'treeshade/oak'];
    await Promise.all(paths.map((path) => db.doc(path).set({ path })));
  });

  it('removes a document and all below it, and nothing beside it', async () => {
    await db.recursiveDelete(db.doc('trees/oak'));
    const left = (await db.collectionGroup('leaves').get()).docs.map((snapshot) => snapshot.ref.path);
    expect(left).toEqual(['trees/oak-2/leaves/1']);
    expect((await db.collectionGroup('veins').get()).size).toBe(0);
    expect((await db.doc('trees/oak').get()).exists).toBe(false);
  });

  it('removes a collection and all below it, and nothing beside it', async () => {
    await db.recursiveDelete(db.collection('trees'));
    expect((await db.collection('trees').listDocuments()).length).toBe(0);
    expect((await db.doc('treeshade/oak').get()).exists).toBe(true);
  });
});

describe('listing', () => {
  beforeAll(async () => {
    await Promise.all(['list/a', 'list/b/below/x', 'list/c', 'list/c/under/y', 'list/c/over/z'].map((path) => db.doc(path).set({ path })));
  });

  it('listDocuments names documents and those that only have collections below them', async () => {
    expect((await db.collection('list').listDocuments()).map((ref) => ref.id)).toEqual(['a', 'b', 'c']);
    expect((await db.doc('list/b').get()).exists).toBe(false);
  });

  it('listDocuments of an empty collection is empty', async () => {
    expect(await db.collection('list-nothing').listDocuments()).toEqual([]);
  });

  it('listDocuments of a collection below a missing document works', async () => {
    expect((await db.collection('list/b/below').listDocuments()).map((ref) => ref.id)).toEqual(['x']);
  });

  it('listCollections names the collections of a document', async () => {
    expect((await db.doc('list/c').listCollections()).map((collection) => collection.id)).toEqual(['over', 'under']);
  });

  it('listCollections names the collections of a missing document', async () => {
    expect((await db.doc('list/b').listCollections()).map((collection) => collection.id)).toEqual(['below']);
  });

  it('listCollections names the collections of the database, without those that became empty', async () => {
    await db.doc('list-gone/a').set({ n: 1 });
    await db.doc('list-gone/a').delete();
    const ids = (await db.listCollections()).map((collection) => collection.id);
    expect(ids).toContain('list');
    expect(ids).not.toContain('list-gone');
  });
});
