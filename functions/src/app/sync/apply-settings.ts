/**
 * Sets leverage and margin mode at the venue to what config wants, before any entry depends on it, and looks again: what
 * an answer claims is never taken for what is set. Repeating it changes nothing more.
 */
import { settingChanges } from '../../domain/account/account-settings.ts';
import type { AccountSettings, SettingChange, WantedSettings } from '../../domain/account/account-settings.ts';
import type { Reading } from '../../domain/found.ts';
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { RiskLimits } from '../../domain/risk/limits.ts';
import type { EngineDeps } from '../engine-deps.ts';

/** One sync must end within its minute: a large universe takes several. */
const CHANGES_AT_ONCE = 50;

export interface AppliedSettings {
  readonly reading: Reading<AccountSettings>;
  /** Changes that were refused or left unclear, in words. */
  readonly refusals: readonly string[];
}

/** Of the enabled symbols: a disabled one is not to be entered, so nothing of it is touched. */
export function wantedSettings({ universe }: EngineConfig, limits: RiskLimits): ReadonlyMap<string, WantedSettings> {
  const wanted = new Map<string, WantedSettings>();
  for (const { symbol, enabled } of universe.symbols) {
    const { venueSettings } = limits.forSymbol(symbol);
    if (enabled && venueSettings !== null) wanted.set(symbol, venueSettings);
  }
  return wanted;
}

export async function applySettings(
  deps: EngineDeps,
  reading: Reading<AccountSettings>,
  wanted: ReadonlyMap<string, WantedSettings>,
  held: ReadonlySet<string>,
): Promise<AppliedSettings> {
  const changes = reading.kind === 'found' && deps.orderGate.kind === 'open' ? settingChanges(reading.value, wanted, held, CHANGES_AT_ONCE) : [];
  if (changes.length === 0) return { reading, refusals: [] };
  return deps.step('sync.apply-settings', async () => {
    const refusals: string[] = [];
    for (const change of changes) {
      const refusal = await apply(deps, change);
      deps.log.settingChanged(change.symbol, change.kind === 'leverage' ? String(change.leverage) : change.marginMode, refusal);
      if (refusal !== null) refusals.push(`${change.symbol} ${change.kind}: ${refusal}`);
    }
    return { reading: await deps.venue.settings([...wanted.keys()]), refusals };
  });
}

/** Null when it was accepted, which the next reading proves or not. */
async function apply({ venue }: EngineDeps, change: SettingChange): Promise<string | null> {
  const outcome = change.kind === 'leverage' ? await venue.setLeverage(change.symbol, change.leverage) : await venue.setMarginMode(change.symbol, change.marginMode);
  switch (outcome.kind) {
    case 'accepted':
      return null;
    case 'rejected':
      return outcome.message;
    case 'notPlaced':
    case 'ambiguous':
      return outcome.cause;
    case 'refusedByWriteGate':
      return outcome.reason;
  }
}
