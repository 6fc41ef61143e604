import { describe, expect, it } from 'vitest';
import { isSettingsReadDue, settingChanges } from '../../../../functions/src/domain/account/account-settings.ts';
import type { AccountSettings, SymbolSettings, WantedSettings } from '../../../../functions/src/domain/account/account-settings.ts';
import { settingsRecord } from '../../../../functions/src/domain/account/venue-settings-record.ts';
import { venueSettings } from '../../../../functions/src/schema/records/venue-settings.ts';
import { aVenueSettings, DEFAULT_LIMITS, NOW, UNIVERSE } from '../risk/scenario.ts';

const MINUTE = 60_000;
const WANTED: ReadonlyMap<string, WantedSettings> = new Map(
  UNIVERSE.symbols.flatMap(({ symbol }) => {
    const wanted = DEFAULT_LIMITS.forSymbol(symbol).venueSettings;
    return wanted === null ? [] : [[symbol, wanted] as const];
  }),
);
const BTC: SymbolSettings = { symbol: 'BTCUSDT', leverage: 4, marginMode: 'cross' };
const ETH: SymbolSettings = { symbol: 'ETHUSDT', leverage: 2, marginMode: 'cross' };
const SOL: SymbolSettings = { symbol: 'SOLUSDT', leverage: 3, marginMode: 'cross' };
const read = (symbols: readonly SymbolSettings[], account: Partial<AccountSettings> = {}): AccountSettings => ({
  canTrade: true, positionMode: 'hedge', multiAssets: false, clockOffsetMs: 3, symbols, ...account,
});

const changes = (symbols: readonly SymbolSettings[], held: readonly string[] = [], limit = 50) => settingChanges(read(symbols), WANTED, new Set(held), limit);

describe('settingChanges', () => {
  it('are none where everything is as wanted', () => {
    expect(changes([BTC, ETH, SOL])).toEqual([]);
  });

  it('are the margin mode, then the leverage of each symbol that differs', () => {
    expect(changes([{ ...BTC, leverage: 20, marginMode: 'isolated' }, { ...ETH, leverage: 1 }, SOL])).toEqual([
      { symbol: 'BTCUSDT', kind: 'marginMode', marginMode: 'cross' },
      { symbol: 'BTCUSDT', kind: 'leverage', leverage: 4 },
      { symbol: 'ETHUSDT', kind: 'leverage', leverage: 2 },
    ]);
  });

  it('leave the margin mode of a symbol with a position, which the venue would refuse to change', () => {
    expect(changes([{ ...BTC, marginMode: 'isolated' }], ['BTCUSDT'])).toEqual([]);
  });

  it('touch no symbol that config does not name', () => {
    expect(changes([{ symbol: 'XRPUSDT', leverage: 125, marginMode: 'isolated' }])).toEqual([]);
  });

  it('are no more at once than fit into one sync', () => {
    expect(changes([{ ...BTC, leverage: 20 }, { ...ETH, leverage: 20 }], [], 1)).toEqual([{ symbol: 'BTCUSDT', kind: 'leverage', leverage: 4 }]);
  });
});

describe('isSettingsReadDue', () => {
  it.each([
    ['before the first read', null, true],
    ['not while they are as wanted and young', { asWanted: true, checkedAt: NOW - 29 * MINUTE }, false],
    ['after half of the allowed age, so that one failed read does not stop entries', { asWanted: true, checkedAt: NOW - 30 * MINUTE }, true],
    ['with the next sync when they are not as wanted', { asWanted: false, checkedAt: NOW - 50_000 }, true],
    ['not twice within a sync', { asWanted: false, checkedAt: NOW - 49_999 }, false],
  ])('%s', (_title, last, expected) => {
    expect(isSettingsReadDue(last, NOW, 60 * MINUTE)).toBe(expected);
  });
});

const recorded = (value: AccountSettings) => venueSettings.parse(settingsRecord(null, { kind: 'found', value, asOf: NOW - 5 }, WANTED, [], NOW));

describe('settingsRecord', () => {
  it('says that all is as wanted, as of the time it was read', () => {
    expect(recorded(read([BTC, ETH, SOL]))).toMatchObject({
      summary: '3 symbols are set as config wants', health: 'ok', asWanted: true, valueAt: NOW - 5, checkedAt: NOW,
      account: { canTrade: true, clockOffsetMs: 3 }, bySymbol: { ETHUSDT: { leverage: 2, marginMode: 'cross' } },
    });
  });

  it('says of each symbol what is found, what is wanted and by which key', () => {
    const { summary, asWanted } = recorded(read([{ ...BTC, leverage: 20 }, ETH]));
    expect(asWanted).toBe(false);
    expect(summary).toBe(
      'BTCUSDT is 20 at the venue, universe.json:symbols.BTCUSDT.targetLeverage wants 4; SOLUSDT is not listed at the venue, universe.json:symbols.SOLUSDT.marginMode wants cross',
    );
  });

  it('says what to do about a key that may not trade', () => {
    expect(recorded(read([BTC, ETH, SOL], { canTrade: false }))).toMatchObject({ asWanted: false, summary: 'the key may not trade: allow futures trading for it at the venue' });
  });

  it('keeps what was known when a read fails, with its age, and asks again soon', () => {
    const before = aVenueSettings(DEFAULT_LIMITS, { valueAt: NOW - 9 * MINUTE });
    expect(settingsRecord(before, { kind: 'unavailable', cause: 'timeout' }, WANTED, [], NOW)).toEqual({
      ...before, health: 'unavailable', cause: 'timeout', asWanted: false, summary: 'venue settings could not be read: timeout', checkedAt: NOW,
    });
  });

  it('knows nothing of the account while no read has succeeded', () => {
    expect(venueSettings.parse(settingsRecord(null, { kind: 'unavailable', cause: 'timeout' }, WANTED, [], NOW))).toMatchObject({ account: null, bySymbol: {}, health: 'unavailable' });
  });
});
