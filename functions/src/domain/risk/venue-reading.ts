import { settingMismatch } from '../account/account-settings.ts';
import type { SettingMismatch, WantedSettings } from '../account/account-settings.ts';
import type { VenueSettings } from '../../schema/records/venue-settings.ts';
import type { EpochMs } from '../../schema/scalars.ts';

/** What is known of the account's permission and settings at the venue, for one symbol. */
export type VenueReading =
  | { readonly kind: 'unavailable'; readonly cause: string }
  | { readonly kind: 'known'; readonly ageSeconds: number; readonly canTrade: boolean; readonly mismatch: SettingMismatch | null };

/** `wanted` is null outside the universe, where nothing is expected. */
export function readVenueSettings(record: VenueSettings | null, symbol: string, wanted: WantedSettings | null, asOf: EpochMs): VenueReading {
  if (record === null) return { kind: 'unavailable', cause: 'never read' };
  const { account, bySymbol, valueAt } = record;
  if (account === null) return { kind: 'unavailable', cause: record.cause ?? 'never read' };
  const mismatch = wanted === null ? null : settingMismatch(account, bySymbol[symbol] ?? null, wanted);
  return { kind: 'known', ageSeconds: Math.abs(asOf - valueAt) / 1000, canTrade: account.canTrade, mismatch };
}
