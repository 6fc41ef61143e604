import { expect, test } from 'vitest';
import { floorsReachTheVenues } from '../../../functions/src/config/rules/venue-floor.ts';
import { parseConfigFiles } from '../../../functions/src/config/load-config.ts';
import { faultLines, parsed, shippedFiles } from './config-files.ts';

test('the shipped configuration has no faults', () => {
  expect(faultLines(shippedFiles)).toEqual([]);
});

test('the shipped configuration reaches the floors of the venue', () => {
  const floors = new Map([['BTCUSDT', 100], ['ETHUSDT', 20], ['SOLUSDT', 5]]);
  expect(parseConfigFiles(shippedFiles, [floorsReachTheVenues(floors)])).toMatchObject({ ok: true });
});

test('the shipped configuration states every value that has a default', () => {
  const result = parseConfigFiles(shippedFiles);
  const silent = result.ok ? result.origins.filter(({ origin }) => origin === 'default').map(({ configPath }) => configPath) : null;
  expect(silent?.filter((path) => !path.startsWith('risk.json:perSymbol.'))).toEqual([]);
});

test('the shipped strategy trades both sides of three symbols on five-minute candles', () => {
  const { strategies, universe } = parsed(shippedFiles);
  expect(strategies.strategies).toMatchObject([
    { name: 'zscore-5m', kind: 'zscore', enabled: true, timeframe: '5m', allowLong: true, allowShort: true },
  ]);
  expect(strategies.strategies[0]?.symbols).toEqual(universe.symbols.map(({ symbol }) => symbol));
});
