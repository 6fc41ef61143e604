import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldAt, formatFieldPath, parseFieldPath, parseWritablePath, project, withField, withoutField } from '../../../../local/firestore/values/field-path.ts';
import { letter } from './arbitrary-values.ts';

describe('field paths', () => {
  it.each([
    ['a', ['a']],
    ['a.b_1.C', ['a', 'b_1', 'C']],
    ['`a.b`.c', ['a.b', 'c']],
    ['`back\\`tick`.`back\\\\slash`', ['back`tick', 'back\\slash']],
    ['`0`.ü', ['0', 'ü']],
  ])('%s is split into its names', (text, path) => {
    expect(parseFieldPath(text)).toEqual(path);
  });

  it.each(['', '.', 'a.', '.a', 'a..b', '`a', 'a`', '``', 'a\\b'])('"%s" is refused', (text) => {
    expect(() => parseFieldPath(text)).toThrow('dot-separated');
  });

  it('of any names come back after formatting and parsing', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: letter, minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 5 }), (path) => {
        expect(parseFieldPath(formatFieldPath(path))).toEqual(path);
      }),
    );
  });

  it('that are written must not be reserved or too long', () => {
    expect(() => parseWritablePath('a.__b__')).toThrow('reserved');
    expect(() => parseWritablePath('a'.repeat(1501))).toThrow('1501 bytes');
    expect(parseFieldPath('__name__')).toEqual(['__name__']);
  });
});

describe('fields by path', () => {
  const fields = { a: { b: 1n, c: 2n }, constructor: 3n };

  it('are found, and members of objects are not taken for fields', () => {
    expect(fieldAt(fields, ['a', 'b'])).toBe(1n);
    expect(fieldAt(fields, ['constructor'])).toBe(3n);
    expect(fieldAt(fields, ['toString'])).toBeUndefined();
    expect(fieldAt(fields, ['a', 'b', 'c'])).toBeUndefined();
  });

  it('are set in a copy', () => {
    expect(withField(fields, ['a', 'b', 'x'], 9n)).toEqual({ a: { b: { x: 9n }, c: 2n }, constructor: 3n });
    expect(fields.a.b).toBe(1n);
  });

  it('are removed in a copy, and an absent one leaves the map as it is', () => {
    expect(withoutField(fields, ['a', 'b'])).toEqual({ a: { c: 2n }, constructor: 3n });
    expect(withoutField(fields, ['x', 'y'])).toBe(fields);
    expect(fields.a).toEqual({ b: 1n, c: 2n });
  });

  it('are projected together', () => {
    expect(project(fields, [['a', 'c'], ['a', 'x'], ['constructor']])).toEqual({ a: { c: 2n }, constructor: 3n });
  });
});
