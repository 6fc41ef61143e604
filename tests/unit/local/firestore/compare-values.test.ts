import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareUtf8 } from '../../../../local/firestore/values/compare-utf8.ts';
import { compareValues, equalValues, sameValue } from '../../../../local/firestore/values/compare.ts';
import { GeoPoint, Reference, Timestamp } from '../../../../local/firestore/values/value.ts';
import type { Value } from '../../../../local/firestore/values/value.ts';
import { values } from './arbitrary-values.ts';

const DATABASE = 'projects/p/databases/d';

describe('the order of values', () => {
  it('follows the documented order of types and, within a type, of values', () => {
    const ordered: Value[] = [
      null, false, true, Number.NaN, Number.NEGATIVE_INFINITY, -1n, 0n, 0.5, 1n, Number.POSITIVE_INFINITY,
      new Timestamp(-1, 0), new Timestamp(0, 1000), '', 'a', 'b', new Uint8Array(), new Uint8Array([0]),
      new Reference(DATABASE, 'a/b'), new Reference(DATABASE, 'a/b/c/d'), new GeoPoint(-1, 9), new GeoPoint(0, 0),
      [], [null], { __type__: '__vector__', value: [9] }, { __type__: '__vector__', value: [1, 1] }, {}, { a: null }, { b: null },
    ];
    for (const [index, value] of ordered.entries()) {
      for (const [other, against] of ordered.entries()) {
        expect(Math.sign(compareValues(value, against))).toBe(Math.sign(index - other));
      }
    }
  });

  it('is a total order on any values', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        expect(Math.sign(compareValues(a, b))).toBe(0 - Math.sign(compareValues(b, a)));
        const [least, middle, greatest] = [a, b, c].toSorted(compareValues);
        expect(compareValues(least ?? null, middle ?? null)).toBeLessThanOrEqual(0);
        expect(compareValues(middle ?? null, greatest ?? null)).toBeLessThanOrEqual(0);
        expect(compareValues(least ?? null, greatest ?? null)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('holds integers equal to doubles, but not beyond the precision of doubles', () => {
    expect(equalValues(3n, 3)).toBe(true);
    expect(equalValues(0, -0)).toBe(true);
    expect(compareValues(9_007_199_254_740_993n, 9_007_199_254_740_992)).toBeGreaterThan(0);
  });
});

describe('sameness', () => {
  it('tells what equality does not: the kind of number and the sign of zero', () => {
    expect(sameValue(3n, 3)).toBe(false);
    expect(sameValue(0, -0)).toBe(false);
    expect(sameValue(Number.NaN, Number.NaN)).toBe(true);
    expect(sameValue({ a: [1n] }, { a: [1] })).toBe(false);
    expect(sameValue({ a: 1n, b: null }, { b: null, a: 1n })).toBe(true);
    expect(sameValue({ a: 1n }, { a: 1n, b: null })).toBe(false);
  });

  it('implies equality', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(sameValue(a, b) && compareValues(a, b) !== 0).toBe(false);
        expect(sameValue(a, a)).toBe(true);
      }),
    );
  });
});

describe('the order of texts', () => {
  it('is that of their UTF-8 bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});
