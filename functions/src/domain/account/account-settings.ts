/** What is set at the venue for the account and its symbols, against what config wants there. */
import type { EpochMs } from '../../schema/scalars.ts';
import type { PositionMode } from './account.ts';

export type MarginMode = 'cross' | 'isolated';

export interface SymbolSettings {
  readonly symbol: string;
  readonly leverage: number;
  readonly marginMode: MarginMode;
}

export interface AccountSettings {
  /** Whether the key may place orders at all. */
  readonly canTrade: boolean;
  readonly positionMode: PositionMode;
  /** Whether all assets margin each other. */
  readonly multiAssets: boolean;
  /** The venue's clock less ours, in milliseconds. */
  readonly clockOffsetMs: number;
  /** Of the asked symbols; one the venue does not list is missing. */
  readonly symbols: readonly SymbolSettings[];
}

/** A wanted value and the key that wants it. */
export interface Wanted<T> {
  readonly value: T;
  readonly configPath: string;
}

/** What config wants for one symbol. */
export interface WantedSettings {
  readonly leverage: Wanted<number>;
  readonly marginMode: Wanted<MarginMode>;
  readonly positionMode: Wanted<PositionMode>;
  readonly multiAssets: Wanted<boolean>;
}

export interface SettingMismatch {
  /** Null when the venue shows nothing for the symbol. */
  readonly found: string | null;
  readonly wanted: string;
  readonly configPath: string;
}

/** The first setting that differs, the account's own before the symbol's. `ofSymbol` is null where the venue shows none. */
export function settingMismatch(
  { positionMode, multiAssets }: Pick<AccountSettings, 'positionMode' | 'multiAssets'>,
  ofSymbol: Pick<SymbolSettings, 'leverage' | 'marginMode'> | null,
  wanted: WantedSettings,
): SettingMismatch | null {
  if (positionMode !== wanted.positionMode.value) return mismatch(positionMode, wanted.positionMode);
  if (multiAssets !== wanted.multiAssets.value) return mismatch(assetMode(multiAssets), { ...wanted.multiAssets, value: assetMode(wanted.multiAssets.value) });
  if (ofSymbol?.marginMode !== wanted.marginMode.value) return mismatch(ofSymbol?.marginMode ?? null, wanted.marginMode);
  return ofSymbol.leverage === wanted.leverage.value ? null : mismatch(ofSymbol.leverage, wanted.leverage);
}

const assetMode = (multiAssets: boolean): string => (multiAssets ? 'multiAssets' : 'singleAsset');

function mismatch(found: string | number | null, { value, configPath }: Wanted<string | number>): SettingMismatch {
  return { found: found === null ? null : String(found), wanted: String(value), configPath };
}

/** One setting of a symbol that the engine may change by itself. Position and asset mode are an operator's to change. */
export type SettingChange =
  | { readonly symbol: string; readonly kind: 'leverage'; readonly leverage: number }
  | { readonly symbol: string; readonly kind: 'marginMode'; readonly marginMode: MarginMode };

/**
 * What to change so that the symbols are as wanted, at most `limit` changes. A symbol that the venue does not list is
 * left out, and the margin mode of one with a position, which the venue would refuse to change.
 */
export function settingChanges(
  settings: AccountSettings,
  wanted: ReadonlyMap<string, Pick<WantedSettings, 'leverage' | 'marginMode'>>,
  held: ReadonlySet<string>,
  limit: number,
): readonly SettingChange[] {
  const changes = settings.symbols.flatMap(({ symbol, leverage, marginMode }): SettingChange[] => {
    const target = wanted.get(symbol);
    if (target === undefined) return [];
    return [
      ...(marginMode === target.marginMode.value || held.has(symbol) ? [] : [{ symbol, kind: 'marginMode' as const, marginMode: target.marginMode.value }]),
      ...(leverage === target.leverage.value ? [] : [{ symbol, kind: 'leverage' as const, leverage: target.leverage.value }]),
    ];
  });
  return changes.slice(0, limit);
}

/** When settings have to be read again: a minute after they were not as wanted or not readable, else after half their allowed age. */
export function isSettingsReadDue(last: { readonly asWanted: boolean; readonly checkedAt: EpochMs } | null, now: EpochMs, maxAgeMs: number): boolean {
  if (last === null) return true;
  return now - last.checkedAt >= (last.asWanted ? maxAgeMs / 2 : RETRY_MS);
}

/** A little less than a minute, so that the next sync tries again although its seconds vary. */
const RETRY_MS = 50_000;
