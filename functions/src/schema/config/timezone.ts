import { z } from 'zod';

const allowed = 'an IANA time zone such as UTC or Europe/Paris';

function isKnownTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch (error) {
    // The constructor has no other way to say that it does not know the zone.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export const timezoneText = z.string(allowed).refine(isKnownTimezone, allowed);
