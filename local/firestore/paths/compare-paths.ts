/** Order of document names: segment by segment, numeric ids (`__id7__`, from Datastore) before all others. */
import { compareUtf8 } from '../values/compare-utf8.ts';

const NUMERIC_ID = /^__id(-?\d+)__$/;

function numericId(segment: string): bigint | undefined {
  const digits = segment.startsWith('__id') ? NUMERIC_ID.exec(segment)?.[1] : undefined;
  return digits === undefined ? undefined : BigInt(digits);
}

export function compareSegments(a: string, b: string): number {
  const left = numericId(a);
  const right = numericId(b);
  if (left === undefined && right === undefined) return compareUtf8(a, b);
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  return left < right ? -1 : Number(left > right);
}

export function comparePaths(a: string, b: string): number {
  if (a === b) return 0;
  const left = a.split('/');
  const right = b.split('/');
  for (const [index, segment] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = compareSegments(segment, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
