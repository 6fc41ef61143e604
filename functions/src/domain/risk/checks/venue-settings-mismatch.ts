import { veto } from '../veto.ts';
import type { Check } from './check.ts';

export const venueSettingsMismatch: Check = ({ venue }) =>
  venue.kind === 'known' && venue.mismatch !== null
    ? veto('venue_settings_mismatch', venue.mismatch.found, venue.mismatch.wanted, venue.mismatch.configPath)
    : null;
