import { afterAll, describe, expect, it } from 'vitest';
import { FieldValue, GeoPoint, Timestamp } from '@google-cloud/firestore';
import { Firestore } from '@google-cloud/firestore';
import { openHost } from './host.ts';

const host = await openHost();
const { db } = host;
afterAll(() => host.close());

async function roundTrip(value: unknown): Promise<unknown> {
  const ref = db.collection('values').doc();
  await ref.set({ value });
  return (await ref.get()).get('value');
}

describe('a value comes back as it was written', () => {
  it.each([
    ['true', true],
    ['false', false],
    ['null', null],
    ['an integer', 42],
    ['a negative integer', -7],
    ['the largest safe integer', Number.MAX_SAFE_INTEGER],
    ['the smallest safe integer', Number.MIN_SAFE_INTEGER],
    ['a double', 0.1],
    ['the largest double', Number.MAX_VALUE],
    ['the smallest double', Number.MIN_VALUE],
    ['infinity', Number.POSITIVE_INFINITY],
    ['minus infinity', Number.NEGATIVE_INFINITY],
    ['NaN', Number.NaN],
    ['minus zero', -0],
    ['an empty text', ''],
    ['text outside of the basic plane', 'grüße 漢字 😀 \u0000 end'],
    ['an empty array', []],
    ['an array of mixed values', [1, 'a', null, true, 1.5, { b: [2] }]],
    ['an empty map', {}],
    ['a nested map', { a: { b: { c: [{ d: 1 }] } } }],
    ['a map with names of object members', { constructor: 1, toString: 2, hasOwnProperty: 3 }],
    ['bytes', Buffer.from([0, 1, 254, 255])],
    ['no bytes', Buffer.alloc(0)],
    ['a geo point', new GeoPoint(-89.5, 179.25)],
    ['a timestamp before 1970', Timestamp.fromMillis(-1)],
    ['the first timestamp', new Timestamp(-62_135_596_800, 0)],
    ['the last timestamp', new Timestamp(253_402_300_799, 999_999_000)],
  ])('%s', async (_name, value) => {
    expect(await roundTrip(value)).toEqual(value);
  });

  it('a timestamp, cut to microseconds', async () => {
    expect(await roundTrip(new Timestamp(1_700_000_000, 123_456_789))).toEqual(new Timestamp(1_700_000_000, 123_456_000));
  });

  it('a date, as a timestamp', async () => {
    expect(await roundTrip(new Date(1_700_000_000_123))).toEqual(Timestamp.fromMillis(1_700_000_000_123));
  });

  it('a reference to a document', async () => {
    const ref = db.doc('elsewhere/x/below/y');
    const value = await roundTrip([ref]);
    expect(value).toMatchObject([{ path: ref.path }]);
  });

  it('a vector', async () => {
    expect(await roundTrip(FieldValue.vector([1, 2.5]))).toEqual(FieldValue.vector([1, 2.5]));
  });

  it('64-bit integers to the last digit', async () => {
    const client = new Firestore({ projectId: host.projectId, useBigInt: true });
    const values = [9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, 9_007_199_254_740_993n, -4_294_967_296n];
    await client.doc('values/wide').set({ values });
    expect((await client.doc('values/wide').get()).get('values')).toEqual(values);
    await client.terminate();
  });

  it('keeps whole doubles apart from integers', async () => {
    const client = new Firestore({ projectId: host.projectId, useBigInt: true });
    await client.doc('values/kinds').set({ integer: 3n, double: -0 });
    expect((await client.doc('values/kinds').get()).data()).toEqual({ integer: 3n, double: -0 });
    await client.terminate();
  });
});
