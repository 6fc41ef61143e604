/** Only the embedded server enforces indexes as production does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AggregateField, FieldPath, Filter } from '@google-cloud/firestore';
import type { Query, QuerySnapshot } from '@google-cloud/firestore';
import { status } from '@grpc/grpc-js';
import { startEmbedded } from './host.ts';
import { Inbox } from './inbox.ts';

const ascending = (...paths: string[]): object[] => paths.map((fieldPath) => ({ fieldPath, order: 'ASCENDING' }));

const descending = (fieldPath: string): object => ({ fieldPath, order: 'DESCENDING' });
const entry = (fields: object[], queryScope = 'COLLECTION'): string => JSON.stringify({ collectionGroup: 'fills', queryScope, fields });

const { host } = await startEmbedded({
  indexes: {
    indexes: [
      { collectionGroup: 'fills', queryScope: 'COLLECTION', fields: ascending('symbol', 'at') },
      { collectionGroup: 'fills', queryScope: 'COLLECTION', fields: ascending('side', 'at') },
      { collectionGroup: 'fills', fields: [...ascending('symbol'), descending('at')] },
      { collectionGroup: 'fills', fields: [{ fieldPath: 'tags', arrayConfig: 'CONTAINS' }, ...ascending('at')] },
      { collectionGroup: 'fills', queryScope: 'COLLECTION_GROUP', fields: ascending('venue', 'at') },
      { collectionGroup: 'fills', fields: ascending('symbol', 'fee') },
    ],
    fieldOverrides: [
      { collectionGroup: 'fills', fieldPath: 'raw', indexes: [] },
      { collectionGroup: 'fills', fieldPath: 'venue', indexes: [{ order: 'ASCENDING', queryScope: 'COLLECTION_GROUP' }] },
      { collectionGroup: 'sealed', fieldPath: '*', indexes: [] },
    ],
  },
});
const { db } = host;
const fills = db.collection('fills');
const group = db.collectionGroup('fills');
afterAll(() => host.close());

beforeAll(async () => {
  await fills.doc('1').set({ symbol: 'BTC', side: 'buy', at: 1, tags: ['a'], fee: 2, raw: { x: 1 }, venue: 'v' });
});

describe('a query runs', () => {
  it.each<[string, Query]>([
    ['without filter or order', fills],
    ['with one equality', fills.where('symbol', '==', 'BTC')],
    ['with several equalities, which merge', fills.where('symbol', '==', 'BTC').where('side', '==', 'buy')],
    ['with equality and array-contains', fills.where('symbol', '==', 'BTC').where('tags', 'array-contains', 'a')],
    ['with one range', fills.where('at', '>', 0).where('at', '<', 2)],
    ['with one order', fills.orderBy('at', 'desc')],
    ['with a range and an order on the same field', fills.where('at', '>', 0).orderBy('at', 'desc')],
    ['with in on one field', fills.where('symbol', 'in', ['BTC', 'ETH'])],
    ['with an or of equalities', fills.where(Filter.or(Filter.where('symbol', '==', 'BTC'), Filter.where('side', '==', 'sell')))],
    ['with equality and the order of a composite index', fills.where('symbol', '==', 'BTC').orderBy('at')],
    ['with equality and the opposite order of another index', fills.where('symbol', '==', 'BTC').orderBy('at', 'desc')],
    ['with in and the order of a composite index', fills.where('symbol', 'in', ['BTC', 'ETH']).orderBy('at')],
    ['with equality and a range of a composite index', fills.where('symbol', '==', 'BTC').where('at', '>=', 1)],
    ['with two equalities, when two composite indexes merge', fills.where('symbol', '==', 'BTC').where('side', '==', 'buy').orderBy('at')],
    ['with array-contains and the order of an array index', fills.where('tags', 'array-contains', 'a').orderBy('at')],
    ['with equality and a range of document ids', fills.where('symbol', '==', 'BTC').where(FieldPath.documentId(), '>', '0')],
    ['with equality on a field that is also ordered by', fills.where('symbol', '==', 'BTC').orderBy('symbol')],
    ['on a group without filter', group],
    ['on a group with an override of group scope', group.where('venue', '==', 'v')],
    ['on a group with a composite index of group scope', group.where('venue', '==', 'v').orderBy('at')],
  ])('%s', async (_name, query) => {
    expect((await query.get()).size).toBe(1);
  });

  it('with a sum over a field of a composite index', async () => {
    const query = fills.where('symbol', '==', 'BTC').aggregate({ fee: AggregateField.sum('fee') });
    expect((await query.get()).data().fee).toBe(2);
  });
});

describe('a query is refused with FAILED_PRECONDITION and the index to add', () => {
  it.each<[string, Query, string]>([
    ['with equality and another order', fills.where('side', '==', 'buy').orderBy('fee'), entry(ascending('side', 'fee'))],
    ['with equality and a range', fills.where('side', '==', 'buy').where('fee', '>', 1), entry(ascending('side', 'fee'))],
    ['with equality and !=', fills.where('side', '==', 'buy').where('fee', '!=', 1), entry(ascending('side', 'fee'))],
    ['with the other direction', fills.where('side', '==', 'buy').orderBy('at', 'desc'), entry([...ascending('side'), descending('at')])],
    ['with two orders', fills.orderBy('at').orderBy('fee'), entry(ascending('at', 'fee'))],
    ['with ranges on two fields', fills.where('at', '>', 0).where('fee', '>', 0), entry(ascending('at', 'fee'))],
    ['with in and another order', fills.where('side', 'in', ['buy']).orderBy('fee'), entry(ascending('side', 'fee'))],
    [
      'with array-contains and another order',
      fills.where('tags', 'array-contains', 'a').orderBy('fee'),
      entry([{ fieldPath: 'tags', arrayConfig: 'CONTAINS' }, ...ascending('fee')]),
    ],
    [
      'with one side of an or that no index serves',
      fills.where(Filter.or(Filter.where('symbol', '==', 'BTC'), Filter.where('fee', '==', 1))).orderBy('at'),
      entry(ascending('fee', 'at')),
    ],
    [
      'with ids against the direction of the field',
      fills.orderBy('at').orderBy(FieldPath.documentId(), 'desc'),
      entry([...ascending('at'), descending('__name__')]),
    ],
    ['on a group, when the index has collection scope', group.where('symbol', '==', 'BTC').orderBy('at'), entry(ascending('symbol', 'at'), 'COLLECTION_GROUP')],
  ])('%s', async (_name, query, index) => {
    await expect(query.get()).rejects.toMatchObject({ code: status.FAILED_PRECONDITION, details: expect.stringContaining(index) });
  });

  it.each<[string, Query]>([
    ['on a field that is exempt', fills.where('raw', '==', 1)],
    ['on a field inside an exempt map', fills.where('raw.x', '==', 1)],
    ['on any field of a collection that is exempt as a whole', db.collection('sealed').where('a', '==', 1)],
    ['on a field of a group without override', group.where('symbol', '==', 'BTC')],
    ['on one collection, when the override has group scope only', fills.where('venue', '==', 'v')],
  ])('%s', async (_name, query) => {
    await expect(query.get()).rejects.toMatchObject({ code: status.FAILED_PRECONDITION, details: expect.stringContaining('fieldOverrides') });
  });

  it('with a sum over a field that no index holds', async () => {
    const query = fills.where('side', '==', 'buy').aggregate({ fee: AggregateField.sum('fee') });
    await expect(query.get()).rejects.toMatchObject({ code: status.FAILED_PRECONDITION });
  });

  it('in a transaction', async () => {
    const query = fills.where('side', '==', 'buy').orderBy('fee');
    await expect(db.runTransaction((tx) => tx.get(query))).rejects.toMatchObject({ code: status.FAILED_PRECONDITION });
  });

  it('in a listener', async () => {
    const inbox = new Inbox<QuerySnapshot>();
    fills.where('side', '==', 'buy').orderBy('fee').onSnapshot(inbox.accept, inbox.fail);
    await expect(inbox.next()).rejects.toThrow('firestore.indexes.json');
  });
});

it('a document may hold a map of any size that is exempt from indexing', async () => {
  const raw = Object.fromEntries(Array.from({ length: 20_001 }, (_, n) => [`f${n}`, n]));
  await fills.doc('wide').set({ raw });
  await expect(fills.doc('wide').set({ other: raw })).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  await fills.doc('wide').delete();
});
