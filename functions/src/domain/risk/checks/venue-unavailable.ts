import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** No entry through a key that may not trade, or into an account whose settings nobody has looked at lately. */
export const venueUnavailable: Check = ({ venue, limits: { venueSettingsAge } }) => {
  if (venue.kind === 'unavailable') return veto('venue_unavailable', null, null, 'state/venue_settings:cause');
  if (!venue.canTrade) return veto('venue_unavailable', null, null, 'state/venue_settings:account.canTrade');
  if (venue.ageSeconds <= venueSettingsAge.value) return null;
  return veto('venue_unavailable', String(venue.ageSeconds), String(venueSettingsAge.value), venueSettingsAge.configPath);
};
