import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/** What the engine asks of a venue, by what it is about; each is an endpoint of its own there. */
export const venuePart = z.enum(['instruments', 'quotes', 'marks', 'books', 'candles', 'brackets', 'settings', 'account', 'positions', 'orders', 'orderLookUp', 'stops', 'fills', 'income']);
export type VenuePart = z.infer<typeof venuePart>;

/** `missing`: the venue has no such endpoint, as some test networks. `simulated`: paper keeps this part itself, nothing is asked. */
export const reach = z.enum(['answered', 'geoBlocked', 'keyRefused', 'limited', 'missing', 'failed', 'simulated']);
export type Reach = z.infer<typeof reach>;

const probedPart = z.strictObject({
  part: venuePart,
  reach,
  /** From the question to its answer or failure; null where nothing was asked. */
  tookMs: z.number().nonnegative().nullable(),
  /** What the venue or the network said; null for an answer. */
  cause: z.string().nullable(),
});
export type ProbedPart = z.infer<typeof probedPart>;

/** `state/venue_probe`, written by sync once per deployment and by `control` when somebody asks: which parts of the venue answer where the engine runs. */
export const venueProbe = z.strictObject({
  summary: z.string(),
  venue: z.string(),
  /** The region it was asked from, or `this machine`. */
  askedFrom: z.string(),
  /** Engine version and hash of the configuration that asked. */
  deployment: z.string().default(''),
  /** The symbol that stood for all. */
  symbol: z.string(),
  parts: z.array(probedPart),
  probedAt: epochMs,
});
export type VenueProbe = z.infer<typeof venueProbe>;
export const VENUE_PROBE = collection('state', 1, venueProbe);
export const VENUE_PROBE_ID = 'venue_probe';
