import { describe, expect, it } from 'vitest';
import { checkDocument, documentSize } from '../../../../local/firestore/values/document-limits.ts';
import { GeoPoint, Reference, Timestamp } from '../../../../local/firestore/values/value.ts';
import type { MapValue, Value } from '../../../../local/firestore/values/value.ts';

const key = new Reference('projects/p/databases/d', 'users/jeff/tasks/my_task_id');

/** The size of a value, as the difference that it makes. */
function sizeOf(value: Value): number {
  const withoutValue = documentSize(key, {}) + Buffer.byteLength('f') + 1;
  return documentSize(key, { f: value }) - withoutValue;
}

function nested(levels: number): MapValue {
  return levels === 1 ? { f: 1n } : { f: nested(levels - 1) };
}

describe('the size of a document', () => {
  it('is that of the documented example', () => {
    expect(documentSize(key, { type: 'Personal', done: false, priority: 1n, description: 'Learn Cloud Firestore' })).toBe(147);
  });

  it.each<[string, Value, number]>([
    ['null', null, 1],
    ['a boolean', true, 1],
    ['an integer', 1n, 8],
    ['a double', 1, 8],
    ['a timestamp', new Timestamp(0, 0), 8],
    ['a text', 'é', 3],
    ['bytes', new Uint8Array(5), 5],
    ['a geo point', new GeoPoint(0, 0), 16],
    ['an array', [1n, null], 9],
    ['a reference', new Reference('projects/p/databases/d', 'a/bc'), 16 + 2 + 3],
  ])('counts %s', (_name, value, bytes) => {
    expect(sizeOf(value)).toBe(bytes);
  });
});

describe('a document', () => {
  it('may nest 20 levels, and no more', () => {
    expect(checkDocument(key, nested(20))).toBeGreaterThan(0);
    expect(() => checkDocument(key, nested(21))).toThrow('20 levels');
  });

  it('must not hold an array in an array, but may in a map in an array', () => {
    expect(() => checkDocument(key, { a: [[1n]] })).toThrow('array contains an array');
    expect(checkDocument(key, { a: [{ b: [1n] }] })).toBeGreaterThan(0);
  });

  it('must not have reserved or empty field names, except in a vector', () => {
    expect(() => checkDocument(key, { a: { __x__: 1n } })).toThrow('reserved');
    expect(() => checkDocument(key, { '': 1n })).toThrow('empty');
    expect(checkDocument(key, { v: { __type__: '__vector__', value: [1] } })).toBeGreaterThan(0);
  });
});
