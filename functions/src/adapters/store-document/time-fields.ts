/**
 * Which fields hold points in time. A key that ends in `At` or `Until`, is `at` or `until`, or contains `AtBy`, marks
 * everything below it: a single time (`openedAt`), a list (`attemptsAt`) or a map of either (`tradesAtBySymbol`).
 */
import type { EpochMs } from '../../schema/scalars.ts';

/** Firestore's last Timestamp, 9999-12-31T23:59:59.999Z. */
const LAST_TIMESTAMP_MS = 253_402_300_799_999;

export const isTimeKey = (key: string): boolean => key.endsWith('At') || key.endsWith('Until') || key === 'at' || key === 'until' || key.includes('AtBy');

/** Of a dotted field path such as `lease.expiresAt`. */
export const isTimePath = (path: string): boolean => path.split('.').some(isTimeKey);

export const isTime = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= LAST_TIMESTAMP_MS;

export function checkedTime(value: number, field: string): EpochMs {
  if (isTime(value)) return value;
  throw new Error(
    `${field} is ${String(value)}, which is no time: fields named at, until, …At or …Until hold whole milliseconds since 1970, up to the year 9999`,
  );
}
