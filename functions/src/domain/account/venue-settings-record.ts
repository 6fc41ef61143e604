/** The record of what is set at the venue, from what was read and what changing it came to. */
import type { Reading } from '../found.ts';
import type { VenueSettings } from '../../schema/records/venue-settings.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { AccountSettings, WantedSettings } from './account-settings.ts';
import { settingMismatch } from './account-settings.ts';

type WantedBySymbol = ReadonlyMap<string, WantedSettings>;

/** A failed read keeps what was known, with its age. */
export function settingsRecord(
  before: VenueSettings | null,
  reading: Reading<AccountSettings>,
  wanted: WantedBySymbol,
  refusals: readonly string[],
  now: EpochMs,
): VenueSettings {
  if (reading.kind === 'unavailable') {
    const known = before ?? NOTHING;
    return { ...known, health: 'unavailable', cause: reading.cause, asWanted: false, summary: `venue settings could not be read: ${reading.cause}`, checkedAt: now };
  }
  const { symbols, ...account } = reading.value;
  const bySymbol = Object.fromEntries(symbols.map(({ symbol, leverage, marginMode }) => [symbol, { leverage, marginMode }]));
  const complaints = complaintsOf(account, bySymbol, wanted);
  return {
    summary: complaints.length === 0 ? `${wanted.size} symbols are set as config wants` : complaints.join('; '),
    health: 'ok',
    cause: null,
    account,
    bySymbol,
    refusals: [...refusals],
    asWanted: complaints.length === 0,
    valueAt: reading.asOf,
    checkedAt: now,
  };
}

const NOTHING: VenueSettings = { summary: '', health: 'unavailable', cause: null, account: null, bySymbol: {}, refusals: [], asWanted: false, valueAt: 0, checkedAt: 0 };

/** One sentence for each thing to change. */
function complaintsOf(account: Omit<AccountSettings, 'symbols'>, bySymbol: VenueSettings['bySymbol'], wanted: WantedBySymbol): readonly string[] {
  const permission = account.canTrade ? [] : ['the key may not trade: allow futures trading for it at the venue'];
  const settings = [...wanted].flatMap(([symbol, target]) => {
    const mismatch = settingMismatch(account, bySymbol[symbol] ?? null, target);
    if (mismatch === null) return [];
    return [`${symbol} is ${mismatch.found ?? 'not listed'} at the venue, ${mismatch.configPath} wants ${mismatch.wanted}`];
  });
  return [...permission, ...settings];
}
