import type { EpochMs } from '../../schema/scalars.ts';

const QUARTER_MS = 900_000;

interface Calendar {
  readonly formatter: Intl.DateTimeFormat;
  /** No timezone begins a day within a quarter of an hour of UTC, and the same one is asked for many times. */
  quarter: number;
  dayKey: string;
}

const calendars = new Map<string, Calendar>();

/** Calendar day (yyyy-mm-dd) of an instant in an IANA timezone. Throws RangeError for an unknown timezone. */
export function dayKeyOf(at: EpochMs, timezone: string): string {
  let calendar = calendars.get(timezone);
  if (calendar === undefined) {
    const formatter = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' });
    calendar = { formatter, quarter: Number.NaN, dayKey: '' };
    calendars.set(timezone, calendar);
  }
  const quarter = Math.floor(at / QUARTER_MS);
  if (quarter !== calendar.quarter) {
    calendar.quarter = quarter;
    calendar.dayKey = calendar.formatter.format(at);
  }
  return calendar.dayKey;
}
