/**
 * Times on their way into and out of Firestore, exact to the millisecond. The client stores a Date as a Timestamp,
 * which keeps the client library out of this file and out of a cold start.
 */
import type { EpochMs } from '../../schema/scalars.ts';
import type { Scalar } from '../store-document/query-check.ts';
import { storableCopy } from '../store-document/storable-copy.ts';
import { isTimePath } from '../store-document/time-fields.ts';

const RULES = { time: (ms: EpochMs): Date => new Date(ms) };

/** A record as Firestore is to hold it. Throws, naming the field below `where`, on what Firestore cannot hold. */
export const toStored = (value: unknown, where: string): unknown => storableCopy(value, RULES, where);

/** A filter's value, as the field it is compared with is stored. */
export const toStoredFilterValue = (field: string, value: Scalar): Scalar | Date =>
  typeof value === 'number' && isTimePath(field) ? new Date(value) : value;

/** A record as the engine reads it: every Timestamp becomes milliseconds, finer digits (never ours) are cut off. */
export function fromStored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromStored);
  if (typeof value !== 'object' || value === null) return value;
  if (isTimestamp(value)) return value.toMillis();
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromStored(item)]));
}

/** Records hold no functions, so that only the client's Timestamp has this method. */
function isTimestamp(value: object): value is { toMillis(): EpochMs } {
  return 'toMillis' in value && typeof value.toMillis === 'function';
}
