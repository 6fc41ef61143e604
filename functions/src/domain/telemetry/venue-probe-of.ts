import type { Reach, VenueProbe } from '../../schema/records/venue-probe.ts';
import { venueTroubleOf } from '../alerts/venue-trouble.ts';
import type { VenueTrouble } from '../alerts/venue-trouble.ts';

const REACH_OF_TROUBLE: Readonly<Record<VenueTrouble, Reach>> = { geoBlocked: 'geoBlocked', venueKeyRefused: 'keyRefused', budgetExhausted: 'limited' };

/** By the words in which failures are told. */
export function reachOf(cause: string): Reach {
  const trouble = venueTroubleOf(cause);
  if (trouble !== null) return REACH_OF_TROUBLE[trouble];
  return /\bHTTP 404\b/.test(cause) ? 'missing' : 'failed';
}

export const isReached = (reach: Reach): boolean => reach === 'answered' || reach === 'simulated';

export function venueProbeOf(probed: Omit<VenueProbe, 'summary'>): VenueProbe {
  const asked = probed.parts.filter(({ reach }) => reach !== 'simulated');
  const failed = asked.filter(({ reach }) => !isReached(reach)).map(({ part, reach }) => `${part} ${reach}`);
  const count = `${asked.length - failed.length} of ${asked.length} parts of ${probed.venue} answer`;
  return { summary: failed.length === 0 ? count : `${count}; ${failed.join(', ')}`, ...probed };
}
