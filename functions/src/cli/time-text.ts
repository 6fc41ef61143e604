import type { EpochMs } from '../schema/scalars.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** `2026-01-05T12:03:20Z`: ISO 8601 in UTC, to the second. */
export const isoText = (at: EpochMs): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** `12 s`, `5 min`, `3 h 20 min`, `2 d 4 h`: two units at most, cut, never rounded up. */
export function spanText(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ${Math.floor((ms % HOUR_MS) / MINUTE_MS)} min`;
  return `${Math.floor(ms / DAY_MS)} d ${Math.floor((ms % DAY_MS) / HOUR_MS)} h`;
}

/** `12 s ago`, or `in 12 s`. */
export const ageText = (at: EpochMs, now: EpochMs): string => (at > now ? `in ${spanText(at - now)}` : `${spanText(now - at)} ago`);

/** The time and how far off it is: `2026-01-05T12:03:20Z (12 s ago)`. */
export const timeText = (at: EpochMs, now: EpochMs): string => `${isoText(at)} (${ageText(at, now)})`;
