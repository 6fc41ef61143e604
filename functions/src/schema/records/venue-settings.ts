import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

const symbolSettings = z.strictObject({
  leverage: z.number().positive(),
  marginMode: z.enum(['cross', 'isolated']),
});

/**
 * `state/venue_settings`, written by sync alone: what the key may do and what is set at the venue, as far as orders depend
 * on it. Sync changes leverage and margin mode to what config wants; the rest is an operator's to change.
 */
export const venueSettings = z.strictObject({
  summary: z.string(),
  health: z.enum(['ok', 'unavailable']),
  /** Why the last read failed; null when it did not. */
  cause: z.string().nullable(),
  /** As last read; null while it has never been. */
  account: z
    .strictObject({
      canTrade: z.boolean(),
      positionMode: z.enum(['hedge', 'oneWay']),
      multiAssets: z.boolean(),
      clockOffsetMs: z.int(),
    })
    .nullable(),
  bySymbol: z.record(z.string(), symbolSettings),
  /** Changes that the venue refused or left unclear, in words. */
  refusals: z.array(z.string()),
  /** Whether every enabled symbol is as config wants it and the key may trade. */
  asWanted: z.boolean(),
  valueAt: epochMs,
  checkedAt: epochMs,
});
export type VenueSettings = z.infer<typeof venueSettings>;
export const VENUE_SETTINGS = collection('state', 1, venueSettings);
export const VENUE_SETTINGS_ID = 'venue_settings';
