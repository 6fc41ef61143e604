/** Any Firestore value, for property tests. */
import * as fc from 'fast-check';
import { GeoPoint, Reference, Timestamp } from '../../../../local/firestore/values/value.ts';
import type { Value } from '../../../../local/firestore/values/value.ts';

/** Letters on which orders, quoting and encodings may differ. */
export const letter = fc.constantFrom('a', 'b', 'Z', '0', '_', '-', ' ', '.', '`', '\\', 'é', '\uFF5E', '😀', '\u0000');

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom(null, true, false, 0, -0, Number.NaN, 1, 1n),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.double(),
  fc.string({ unit: letter, maxLength: 5 }),
  fc.uint8Array({ maxLength: 4 }),
  fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(999_999)).map(([seconds, micros]) => new Timestamp(seconds, micros * 1000)),
  fc.constantFrom('a/b', 'a/c', 'a/b/c/d').map((path) => new Reference('projects/p/databases/d', path)),
  fc.tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true })).map(([lat, lng]) => new GeoPoint(lat, lng)),
);

const name = fc.constantFrom('a', 'b', 'c', 'é', 'constructor');

export const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value').filter((element) => !Array.isArray(element)), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
