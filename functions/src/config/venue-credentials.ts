import { z } from 'zod';
import { ConfigError } from './config-error.ts';

const venueCredentials = z.strictObject({ apiKey: z.string().min(1), apiSecret: z.string().min(1) });
export type VenueCredentials = z.infer<typeof venueCredentials>;

/** Checks the secret's shape without ever repeating its content. */
export function parseVenueCredentials(secret: unknown): VenueCredentials {
  const parsed = venueCredentials.safeParse(secret);
  if (parsed.success) return parsed.data;
  throw new ConfigError([
    {
      file: 'secrets',
      at: null,
      path: 'VENUE_CREDENTIALS',
      problem: 'the secret does not have the right shape',
      allowed: 'a JSON object with the texts "apiKey" and "apiSecret"',
    },
  ]);
}
