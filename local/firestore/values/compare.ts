/** Firestore's documented order of values: first by type, then by value. */
import { GeoPoint, isArray, isMap, isNumber, isVector, Reference, Timestamp } from './value.ts';
import type { MapValue, Value } from './value.ts';
import { comparePaths } from '../paths/compare-paths.ts';
import { compareUtf8 } from './compare-utf8.ts';

/** Rank of the value's type. Values of different rank never match in a range filter. */
export function typeRank(value: Value): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return 1;
  if (isNumber(value)) return 2;
  if (typeof value === 'string') return 4;
  if (value instanceof Timestamp) return 3;
  if (value instanceof Uint8Array) return 5;
  if (value instanceof Reference) return 6;
  if (value instanceof GeoPoint) return 7;
  if (isArray(value)) return 8;
  return isMap(value) && isVector(value) ? 9 : 10;
}

/** Negative, zero or positive. Zero means equal for queries: 3 and 3.0, and 0.0 and -0.0, are equal. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareUtf8(a, b);
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  const rank = typeRank(a);
  const byType = rank - typeRank(b);
  if (byType !== 0) return byType;
  if (a === b) return 0;
  if (typeof a === 'boolean') return a ? 1 : -1;
  if (a instanceof Timestamp && b instanceof Timestamp) return a.seconds - b.seconds || a.nanos - b.nanos;
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  if (a instanceof Reference && b instanceof Reference) return compareUtf8(a.database, b.database) || comparePaths(a.path, b.path);
  if (a instanceof GeoPoint && b instanceof GeoPoint) return a.latitude - b.latitude || a.longitude - b.longitude;
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b);
  if (isMap(a) && isMap(b)) return rank === 9 ? compareVectors(a, b) : compareMaps(a, b);
  return 0;
}

export function equalValues(a: Value, b: Value): boolean {
  return compareValues(a, b) === 0;
}

/** NaN is before every other number. bigint and number compare exactly. */
function compareNumbers(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
}

function compareArrays(a: readonly Value[], b: readonly Value[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    const order = compareValues(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Entry by entry in the order of the keys: first the key, then the value; a map that ends first is smaller. */
function compareMaps(a: MapValue, b: MapValue): number {
  const left = Object.entries(a).toSorted(([x], [y]) => compareUtf8(x, y));
  const right = Object.entries(b).toSorted(([x], [y]) => compareUtf8(x, y));
  for (const [index, [key, value]] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = compareUtf8(key, other[0]) || compareValues(value, other[1]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Vectors order by dimension before their numbers. */
function compareVectors(a: MapValue, b: MapValue): number {
  const left = a['value'];
  const right = b['value'];
  if (left === undefined || right === undefined || !isArray(left) || !isArray(right)) return compareMaps(a, b);
  return left.length - right.length || compareArrays(left, right);
}

/** Whether two values are the same in every bit, so that writing one over the other changes nothing. */
export function sameValue(a: Value, b: Value): boolean {
  if (typeof a !== typeof b) return false;
  if (typeof a === 'number') return Object.is(a, b);
  if (a instanceof GeoPoint && b instanceof GeoPoint) {
    return Object.is(a.latitude, b.latitude) && Object.is(a.longitude, b.longitude);
  }
  if (a === null || b === null) return a === b;
  if (isArray(a) && isArray(b)) {
    return a.length === b.length && a.every((element, index) => sameValue(element, b[index] ?? null));
  }
  if (isMap(a) && isMap(b)) return sameFields(a, b);
  return compareValues(a, b) === 0;
}

export function sameFields(a: MapValue, b: MapValue): boolean {
  const entries = Object.entries(a);
  return (
    entries.length === Object.keys(b).length &&
    entries.every(([field, value]) => Object.hasOwn(b, field) && sameValue(value, b[field] ?? null))
  );
}
