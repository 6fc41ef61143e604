/** Firestore's order of values, for the kinds that queries compare: null, boolean, number or time, text. */
import type { Scalar } from '../store-document/query-check.ts';

export function compareScalars(a: Scalar, b: Scalar): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return kindRank(a) - kindRank(b);
}

/** By UTF-8 bytes, which is the order of code points and differs from JavaScript's own beyond U+FFFF. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return byteOrder(a.charCodeAt(at)) - byteOrder(b.charCodeAt(at));
}

/** Surrogates stand for code points above every other UTF-16 unit; the end of a text comes first. */
function byteOrder(unit: number): number {
  if (Number.isNaN(unit)) return -1;
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function kindRank(value: Scalar): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return 1;
  return typeof value === 'number' ? 2 : 3;
}
