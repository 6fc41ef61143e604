import { settingsRecord } from '../../domain/account/venue-settings-record.ts';
import type { VenueSettings } from '../../schema/records/venue-settings.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { applySettings, wantedSettings } from './apply-settings.ts';
import type { EngineDeps } from '../engine-deps.ts';
import type { VenueReadings } from './read-venue.ts';

/** What is set at the venue by now; null when it was not looked at. */
export async function settleSettings(deps: EngineDeps, before: VenueSettings | null, { settings, positions }: VenueReadings, now: EpochMs): Promise<VenueSettings | null> {
  if (settings === null) return null;
  const wanted = wantedSettings(deps.config, deps.limits);
  const held = new Set((positions ?? []).map(({ symbol }) => symbol));
  const { reading, refusals } = await applySettings(deps, settings, wanted, held);
  return settingsRecord(before, reading, wanted, refusals, now);
}
