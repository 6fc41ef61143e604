import { z } from 'zod';
import { parseSecret } from './parse-secret.ts';

const venueCredentials = z.strictObject({ apiKey: z.string().min(1), apiSecret: z.string().min(1) });
export type VenueCredentials = z.infer<typeof venueCredentials>;

/** The secret where no platform binds it, as on a command line: from the variable of its name; null when that is not set. */
export function venueSecret(): unknown {
  const text = process.env['VENUE_CREDENTIALS'];
  if (text === undefined || text === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    // Whoever checks the shape refuses it, without repeating what it holds.
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** Checks the secret's shape without ever repeating its content. */
export function parseVenueCredentials(secret: unknown): VenueCredentials {
  return parseSecret('VENUE_CREDENTIALS', venueCredentials, secret, 'a JSON object with the texts "apiKey" and "apiSecret"');
}
