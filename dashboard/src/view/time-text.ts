/** Times for the eye, in UTC as the engine counts them. */
import { UNKNOWN } from './amount.ts';

const DAY_MS = 86_400_000;

/** `14:05:09`, with the date when it is not within a day of `now`. */
export function clockText(at: number | null, now: number): string {
  if (at === null) return UNKNOWN;
  const iso = new Date(at).toISOString();
  return Math.abs(now - at) < DAY_MS ? iso.slice(11, 19) : `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
}

/** `2026-01-05 14:05:09 UTC`. */
export const fullTime = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** `12 s`, `3 min`, `5 h`, `2 d`; a span below zero counts as none. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

export const ago = (at: number | null, now: number): string => (at === null ? UNKNOWN : `${span(now - at)} ago`);
