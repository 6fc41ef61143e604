import { describe, expect, it } from 'vitest';
import { parseIndexConfig } from '../../../../local/firestore/indexes/index-config.ts';

describe('firestore.indexes.json', () => {
  it('may be empty', () => {
    expect(parseIndexConfig({}).composites).toEqual([]);
  });

  it('gives every field its automatic indexes unless an override says otherwise', () => {
    const config = parseIndexConfig({
      fieldOverrides: [
        { collectionGroup: 'a', fieldPath: 'big', indexes: [] },
        { collectionGroup: 'a', fieldPath: 'big.kept', indexes: [{ order: 'ASCENDING' }] },
        { collectionGroup: 'b', fieldPath: '*', indexes: [] },
      ],
    });
    const has = (collection: string, ...path: string[]): boolean => config.hasSingleField(collection, 'COLLECTION', path, ['ASCENDING']);
    expect([has('a', 'x'), has('a', 'big'), has('a', 'big', 'inner'), has('a', 'big', 'kept'), has('b', 'x')]).toEqual([true, false, false, true, false]);
    expect(config.hasSingleField('a', 'COLLECTION_GROUP', ['x'], ['ASCENDING'])).toBe(false);
  });

  it.each<[string, unknown, RegExp]>([
    ['is no object', [], /top level is \[\]/],
    ['has indexes that are no list', { indexes: {} }, /indexes is \{\}; it must be a list/],
    ['has an index without collection', { indexes: [{ fields: [] }] }, /indexes\[0\]\.collectionGroup is absent/],
    ['has an unknown scope', { indexes: [{ collectionGroup: 'a', queryScope: 'ALL', fields: [] }] }, /queryScope is "ALL"/],
    ['has a field without mode', { indexes: [{ collectionGroup: 'a', fields: [{ fieldPath: 'x' }] }] }, /fields\[0\] is absent/],
    ['has an override without field', { fieldOverrides: [{ collectionGroup: 'a', indexes: [] }] }, /fieldOverrides\[0\]\.fieldPath/],
  ])('is refused when it %s', (_name, file, message) => {
    expect(() => parseIndexConfig(file)).toThrow(message);
  });
});
