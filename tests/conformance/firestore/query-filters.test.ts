import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FieldPath, Filter, GeoPoint, Timestamp } from '@google-cloud/firestore';
import type { Query, WhereFilterOp } from '@google-cloud/firestore';
import { status } from '@grpc/grpc-js';
import { openHost } from './host.ts';

const host = await openHost();
const { db } = host;
const mixed = db.collection('mixed');
const cities = db.collection('cities');
afterAll(() => host.close());

/** One document for each kind of value; the ids name the value. */
const MIXED: Readonly<Record<string, unknown>> = {
  null: null,
  false: false,
  true: true,
  nan: Number.NaN,
  'int-1': 1,
  'int-3': 3,
  'double-3': 3.0,
  'double-3.5': 3.5,
  time: Timestamp.fromMillis(5),
  'text-a': 'a',
  'text-b': 'b',
  bytes: Buffer.from([1]),
  ref: db.doc('x/y'),
  geo: new GeoPoint(1, 2),
  'array-1-2': [1, 2],
  'array-a': ['a', null, { b: 1 }],
  map: { b: 1 },
};

beforeAll(async () => {
  const batch = db.batch();
  for (const [id, v] of Object.entries(MIXED)) batch.set(mixed.doc(id), { v });
  batch.set(mixed.doc('absent'), { other: 1 });
  batch.set(cities.doc('la'), { state: 'CA', size: 4, tags: ['coast', 'film'], geo: { lat: 34, zone: 'w' } });
  batch.set(cities.doc('sf'), { state: 'CA', size: 1, tags: ['coast', 'tech'], geo: { lat: 37, zone: 'w' } });
  batch.set(cities.doc('ny'), { state: 'NY', size: 8, tags: ['coast'], geo: { lat: 40, zone: 'e' } });
  batch.set(cities.doc('ch'), { state: 'IL', size: 3, tags: ['lake'], geo: { lat: 41, zone: 'c' } });
  await batch.commit();
});

const allBut = (...ids: string[]): string[] => Object.keys(MIXED).filter((id) => !ids.includes(id)).toSorted();
const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

async function idsOf(query: Query): Promise<string[]> {
  return (await query.get()).docs.map((snapshot) => snapshot.id).toSorted();
}

describe('one filter on mixed values finds', () => {
  it.each<[string, WhereFilterOp, unknown, string[]]>([
    ['equal numbers, integer or double', '==', 3, ['double-3', 'int-3']],
    ['an equal text', '==', 'a', ['text-a']],
    ['null', '==', null, ['null']],
    ['NaN', '==', Number.NaN, ['nan']],
    ['an equal array', '==', [1, 2], ['array-1-2']],
    ['an equal map', '==', { b: 1 }, ['map']],
    ['an equal reference', '==', db.doc('x/y'), ['ref']],
    ['an equal geo point', '==', new GeoPoint(1, 2), ['geo']],
    ['equal bytes', '==', Buffer.from([1]), ['bytes']],
    ['an equal time', '==', Timestamp.fromMillis(5), ['time']],
    ['true only', '==', true, ['true']],
    ['only numbers above a number', '>', 1, ['double-3', 'double-3.5', 'int-3']],
    ['only numbers from a number on', '>=', 3, ['double-3', 'double-3.5', 'int-3']],
    ['only texts above a text', '>', 'a', ['text-b']],
    ['only texts up to a text', '<=', 'a', ['text-a']],
    ['only booleans above false', '>', false, ['true']],
    ['nothing above the last of its type', '>', 'b', []],
    ['arrays that contain a value', 'array-contains', 1, ['array-1-2']],
    ['arrays that contain a map', 'array-contains', { b: 1 }, ['array-a']],
    ['arrays that contain any of several values', 'array-contains-any', [2, 'a', 'z'], ['array-1-2', 'array-a']],
    ['any of several values', 'in', [1, 'b', true], ['int-1', 'text-b', 'true']],
    ['any of several arrays', 'in', [[1, 2], ['x']], ['array-1-2']],
  ])('%s', async (_name, operator, operand, ids) => {
    expect(await idsOf(mixed.where('v', operator, operand))).toEqual(ids);
  });

  it('everything present but null and the value itself with !=', async () => {
    expect(await idsOf(mixed.where('v', '!=', 3))).toEqual(allBut('null', 'int-3', 'double-3'));
  });

  it('everything present but null with != null', async () => {
    expect(await idsOf(mixed.where('v', '!=', null))).toEqual(allBut('null'));
  });

  it('everything present but null and NaN with != NaN', async () => {
    expect(await idsOf(mixed.where('v', '!=', Number.NaN))).toEqual(allBut('null', 'nan'));
  });

  it('everything present but null and the values themselves with not-in', async () => {
    expect(await idsOf(mixed.where('v', 'not-in', ['a', 3, true]))).toEqual(allBut('null', 'text-a', 'int-3', 'double-3', 'true'));
  });

  it('nothing with not-in and null', async () => {
    expect(await idsOf(mixed.where('v', 'not-in', ['a', null]))).toEqual([]);
  });
});

describe('several filters', () => {
  it('must all match', async () => {
    expect(await idsOf(cities.where('state', '==', 'CA').where('size', '>', 1))).toEqual(['la']);
  });

  it('can bound a range on both sides', async () => {
    expect(await idsOf(cities.where('size', '>=', 3).where('size', '<', 8))).toEqual(['ch', 'la']);
  });

  it('can bound two fields', async () => {
    expect(await idsOf(cities.where('size', '>', 1).where('geo.lat', '<', 41))).toEqual(['la', 'ny']);
  });

  it('can combine array-contains with equality', async () => {
    expect(await idsOf(cities.where('tags', 'array-contains', 'coast').where('state', '==', 'CA'))).toEqual(['la', 'sf']);
  });

  it('match on nested fields', async () => {
    expect(await idsOf(cities.where('geo.zone', '==', 'w'))).toEqual(['la', 'sf']);
  });

  it('match either side of an or', async () => {
    const either = Filter.or(Filter.where('state', '==', 'NY'), Filter.where('size', '<', 2));
    expect(await idsOf(cities.where(either))).toEqual(['ny', 'sf']);
  });

  it('match an or of ands together with another filter', async () => {
    const either = Filter.or(
      Filter.and(Filter.where('state', '==', 'CA'), Filter.where('size', '>', 3)),
      Filter.where('tags', 'array-contains', 'lake'),
    );
    expect(await idsOf(cities.where('size', '<', 8).where(either))).toEqual(['ch', 'la']);
  });

  it('count an or of overlapping sides only once', async () => {
    const either = Filter.or(Filter.where('state', '==', 'CA'), Filter.where('size', '==', 4));
    expect(await idsOf(cities.where(either))).toEqual(['la', 'sf']);
  });
});

describe('filters on the document id', () => {
  it('find one document', async () => {
    expect(await idsOf(cities.where(FieldPath.documentId(), '==', 'ny'))).toEqual(['ny']);
  });

  it('find a range', async () => {
    expect(await idsOf(cities.where(FieldPath.documentId(), '>=', 'la').where(FieldPath.documentId(), '<', 'sf'))).toEqual(['la', 'ny']);
  });

  it('find any of several', async () => {
    expect(await idsOf(cities.where(FieldPath.documentId(), 'in', ['sf', 'ch', 'zz']))).toEqual(['ch', 'sf']);
  });

  it('exclude one', async () => {
    expect(await idsOf(cities.where(FieldPath.documentId(), '!=', 'ny'))).toEqual(['ch', 'la', 'sf']);
  });
});

describe('queries are refused with INVALID_ARGUMENT', () => {
  it.each<[string, () => Query]>([
    ['for more than 30 values of in', () => mixed.where('v', 'in', numbers(31))],
    ['for more than 30 values of array-contains-any', () => mixed.where('v', 'array-contains-any', numbers(31))],
    ['for more than 10 values of not-in', () => mixed.where('v', 'not-in', numbers(11))],
    ['for more than 30 disjunctions', () => mixed.where('v', 'in', numbers(6)).where('w', 'in', numbers(6))],
    ['for two array-contains', () => mixed.where('v', 'array-contains', 1).where('w', 'array-contains', 1)],
    ['for two !=', () => mixed.where('v', '!=', 1).where('w', '!=', 1)],
    ['for not-in together with in', () => mixed.where('v', 'not-in', [1]).where('w', 'in', [1])],
  ])('%s', async (_name, query) => {
    await expect(query().get()).rejects.toMatchObject({ code: status.INVALID_ARGUMENT });
  });

  it('but 30 values of in are allowed', async () => {
    expect(await idsOf(mixed.where('v', 'in', numbers(30)))).toEqual(['double-3', 'int-1', 'int-3']);
  });
});
