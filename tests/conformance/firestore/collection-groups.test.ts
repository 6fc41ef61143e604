import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FieldPath } from '@google-cloud/firestore';
import type { Query } from '@google-cloud/firestore';
import { openHost } from './host.ts';

const host = await openHost();
const { db } = host;
afterAll(() => host.close());

async function idsOf(query: Query): Promise<string[]> {
  return (await query.get()).docs.map((snapshot) => snapshot.id).toSorted();
}

describe('collection groups', () => {
  beforeAll(async () => {
    const batch = db.batch();
    batch.set(db.doc('notes/top'), { n: 1 });
    batch.set(db.doc('users/ann/notes/a'), { n: 2 });
    batch.set(db.doc('users/bob/notes/b'), { n: 3 });
    batch.set(db.doc('users/bob/other/x'), { n: 4 });
    batch.set(db.doc('users/bob/notes/b/deep/d/notes/z'), { n: 5 });
    await batch.commit();
  });

  it('find collections with the same id at every depth', async () => {
    expect(await idsOf(db.collectionGroup('notes'))).toEqual(['a', 'b', 'top', 'z']);
  });

  it('come in the order of the full names', async () => {
    const paths = (await db.collectionGroup('notes').get()).docs.map((snapshot) => snapshot.ref.path);
    expect(paths).toEqual(['notes/top', 'users/ann/notes/a', 'users/bob/notes/b', 'users/bob/notes/b/deep/d/notes/z']);
  });

  it('take filters and orders', async () => {
    const query = db.collectionGroup('notes').where('n', '>=', 2).orderBy('n', 'desc');
    expect((await query.get()).docs.map((snapshot) => snapshot.id)).toEqual(['z', 'b', 'a']);
  });

  it('can be bounded by document names', async () => {
    const bounded = db.collectionGroup('notes').orderBy(FieldPath.documentId()).startAfter('notes/top').endAt('users/bob/notes/b');
    expect(await idsOf(bounded)).toEqual(['a', 'b']);
  });

  it('are not found by a query on one collection', async () => {
    expect(await idsOf(db.collection('notes'))).toEqual(['top']);
  });

  it('can be cut into partitions that together hold every document', async () => {
    const group = db.collectionGroup('notes');
    const found: string[] = [];
    for await (const partition of group.getPartitions(2)) {
      found.push(...(await partition.toQuery().get()).docs.map((snapshot) => snapshot.id));
    }
    expect(found.toSorted()).toEqual(['a', 'b', 'top', 'z']);
  });
});
