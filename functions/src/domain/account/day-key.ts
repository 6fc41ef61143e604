import type { EpochMs } from '../../schema/scalars.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Calendar day (yyyy-mm-dd) of an instant in an IANA timezone. Throws RangeError for an unknown timezone. */
export function dayKeyOf(at: EpochMs, timezone: string): string {
  let formatter = formatters.get(timezone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(timezone, formatter);
  }
  return formatter.format(at);
}
