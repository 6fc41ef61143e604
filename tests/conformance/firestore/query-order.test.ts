import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FieldPath, GeoPoint, Timestamp } from '@google-cloud/firestore';
import type { Query } from '@google-cloud/firestore';
import { openHost } from './host.ts';

const host = await openHost();
const { db } = host;
const items = db.collection('items');
afterAll(() => host.close());

beforeAll(async () => {
  const batch = db.batch();
  batch.set(items.doc('a'), { group: 1, rank: 3, nested: { n: 5 } });
  batch.set(items.doc('b'), { group: 2, rank: 1, nested: { n: 4 } });
  batch.set(items.doc('c'), { group: 1, rank: 1, nested: { n: 3 } });
  batch.set(items.doc('d'), { group: 2, rank: 2, nested: { n: 2 } });
  batch.set(items.doc('e'), { group: 1, nested: {} });
  await batch.commit();
});

async function idsOf(query: Query): Promise<string[]> {
  return (await query.get()).docs.map((snapshot) => snapshot.id);
}

describe('results are ordered', () => {
  it('by document id without an order', async () => {
    expect(await idsOf(items)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('by a field, then by id, without documents that lack the field', async () => {
    expect(await idsOf(items.orderBy('rank'))).toEqual(['b', 'c', 'd', 'a']);
  });

  it('downwards, ids too', async () => {
    expect(await idsOf(items.orderBy('rank', 'desc'))).toEqual(['a', 'd', 'c', 'b']);
  });

  it('by several fields in their own directions', async () => {
    expect(await idsOf(items.orderBy('group', 'desc').orderBy('rank'))).toEqual(['b', 'd', 'c', 'a']);
  });

  it('by a nested field', async () => {
    expect(await idsOf(items.orderBy('nested.n'))).toEqual(['d', 'c', 'b', 'a']);
  });

  it('by the field of an inequality when no order is given', async () => {
    expect(await idsOf(items.where('rank', '>=', 1))).toEqual(['b', 'c', 'd', 'a']);
  });

  it('by document id downwards', async () => {
    expect(await idsOf(items.orderBy(FieldPath.documentId(), 'desc'))).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  it('by the bytes of UTF-8 ids, not by UTF-16 units', async () => {
    const ids = ['Z', 'a', 'é', '\uFF5E', '😀'];
    await Promise.all(ids.map((id) => db.collection('letters').doc(id).set({})));
    expect(await idsOf(db.collection('letters'))).toEqual(ids);
  });

  it('by type first: the documented order of types', async () => {
    const ordered: unknown[] = [
      null, false, true, Number.NaN, Number.NEGATIVE_INFINITY, -1.5, -1, 0, 0.5, 1, Number.POSITIVE_INFINITY,
      Timestamp.fromMillis(1), Timestamp.fromMillis(2), '', 'a', 'ab', 'b', Buffer.from([1]), Buffer.from([1, 0]), Buffer.from([2]),
      db.doc('a/a'), db.doc('a/a/b/b'), db.doc('a/b'), new GeoPoint(0, 5), new GeoPoint(1, -5), [], [1], [1, 'a'], [2],
      {}, { a: 1 }, { a: 1, b: 1 }, { a: 2 }, { b: 0 },
    ];
    const batch = db.batch();
    for (const [n, v] of ordered.entries()) batch.set(db.collection('types').doc(String(999 - n)), { v, n });
    await batch.commit();
    const found = (await db.collection('types').orderBy('v').get()).docs.map((snapshot): unknown => snapshot.get('n'));
    expect(found).toEqual(ordered.map((_value, n) => n));
  });
});

describe('limits', () => {
  it('limit keeps the first', async () => {
    expect(await idsOf(items.orderBy('rank').limit(2))).toEqual(['b', 'c']);
  });

  it('limitToLast keeps the last, still in order', async () => {
    expect(await idsOf(items.orderBy('rank').limitToLast(2))).toEqual(['d', 'a']);
  });

  it('offset skips the first', async () => {
    expect(await idsOf(items.orderBy('rank').offset(1).limit(2))).toEqual(['c', 'd']);
  });

  it('an offset beyond the end finds nothing', async () => {
    expect(await idsOf(items.offset(10))).toEqual([]);
  });

  it('limit keeps the right documents of many', async () => {
    const batch = db.batch();
    for (let n = 0; n < 200; n += 1) batch.set(db.doc(`numbers/${n}`), { n: (n * 37) % 200 });
    await batch.commit();
    const found = await db.collection('numbers').orderBy('n', 'desc').limit(3).get();
    expect(found.docs.map((snapshot): unknown => snapshot.get('n'))).toEqual([199, 198, 197]);
  });
});

describe('cursors', () => {
  const byRank = items.orderBy('rank');

  it.each<[string, Query, string[]]>([
    ['startAt a value includes it', byRank.startAt(2), ['d', 'a']],
    ['startAfter a value excludes all that have it', byRank.startAfter(1), ['d', 'a']],
    ['endAt a value includes all that have it', byRank.endAt(1), ['b', 'c']],
    ['endBefore a value excludes it', byRank.endBefore(2), ['b', 'c']],
    ['both ends bound the result', byRank.startAt(1).endBefore(3), ['b', 'c', 'd']],
    ['values of two orders', items.orderBy('group').orderBy('rank').startAfter(1, 1), ['a', 'b', 'd']],
    ['a value of the first of two orders', items.orderBy('group').orderBy('rank').startAt(2), ['b', 'd']],
    ['downwards', items.orderBy('rank', 'desc').startAfter(2), ['c', 'b']],
    ['document ids', items.orderBy(FieldPath.documentId()).startAfter('b').endAt('d'), ['c', 'd']],
    ['a value between two documents', byRank.startAt(1.5), ['d', 'a']],
    ['with limitToLast', byRank.endBefore(3).limitToLast(2), ['c', 'd']],
  ])('%s', async (_name, query, ids) => {
    expect(await idsOf(query)).toEqual(ids);
  });

  it('startAfter a snapshot goes on where the page before ended, among equal values too', async () => {
    const first = await byRank.limit(1).get();
    const last = first.docs.at(-1);
    expect(await idsOf(byRank.startAfter(last).limit(2))).toEqual(['c', 'd']);
  });

  it('startAt and endAt a snapshot include it', async () => {
    const snapshot = await items.doc('c').get();
    expect(await idsOf(byRank.startAt(snapshot))).toEqual(['c', 'd', 'a']);
    expect(await idsOf(byRank.endAt(snapshot))).toEqual(['b', 'c']);
    expect(await idsOf(byRank.endBefore(snapshot))).toEqual(['b']);
  });

  it('a snapshot bounds a query with an inequality and no order', async () => {
    const snapshot = await items.doc('c').get();
    expect(await idsOf(items.where('rank', '>', 0).startAfter(snapshot))).toEqual(['d', 'a']);
  });

  it('pages through everything exactly once', async () => {
    const seen: string[] = [];
    let query: Query = byRank.limit(2);
    for (let page = await query.get(); page.size > 0; page = await query.get()) {
      seen.push(...page.docs.map((snapshot) => snapshot.id));
      query = byRank.limit(2).startAfter(page.docs.at(-1));
    }
    expect(seen).toEqual(['b', 'c', 'd', 'a']);
  });
});

describe('select', () => {
  it('returns only the fields named', async () => {
    const snapshot = await items.orderBy('rank').select('group', 'nested.n').limit(1).get();
    expect(snapshot.docs[0]?.data()).toEqual({ group: 2, nested: { n: 4 } });
  });

  it('returns no fields when none is named', async () => {
    const snapshot = await items.select().get();
    expect(snapshot.docs.map((doc) => doc.data())).toEqual([{}, {}, {}, {}, {}]);
    expect(snapshot.docs[0]?.id).toBe('a');
  });
});

describe('stream', () => {
  it('delivers every document', async () => {
    const found: unknown[] = [];
    for await (const snapshot of items.orderBy('rank').stream()) found.push(snapshot);
    expect(found).toMatchObject([{ id: 'b' }, { id: 'c' }, { id: 'd' }, { id: 'a' }]);
  });
});
