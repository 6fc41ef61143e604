import type { Environment } from '../config/environment.ts';

export type VenueAccess = { readonly kind: 'open'; readonly secret: unknown } | { readonly kind: 'none'; readonly cause: string };

/** Whether a command can ask a venue: a local run that has ended has taken its exchange with it; paper asks the live market, and needs no key for it. */
export function venueAccess({ tradingEnv, venueBaseUrl, firestoreEmulatorHost }: Pick<Environment, 'tradingEnv' | 'venueBaseUrl' | 'firestoreEmulatorHost'>, secret: unknown): VenueAccess {
  const isPaper = tradingEnv === 'paper' && venueBaseUrl === null;
  if (isPaper && firestoreEmulatorHost !== null) return { kind: 'none', cause: 'no simulated exchange is running here (VENUE_BASE_URL is not set)' };
  if (secret === null && !isPaper) return { kind: 'none', cause: 'the venue was not asked, as VENUE_CREDENTIALS is not set' };
  return { kind: 'open', secret };
}
