import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../functions/src/config/config-error.ts';
import { loadConfig, parseConfigFiles } from '../../../functions/src/config/load-config.ts';
import { edited, faultLines, faultLinesUnplaced, parsed, set, shippedFiles, unset } from './config-files.ts';

test('faults of several files and several kinds are told together', () => {
  const files = {
    ...edited(set('risk.json', ['maxTradeNavPct'], 0.2), set('risk.json', ['maxTradesNavPct'], 10), set('universe.json', ['symbols'], 3)),
    'router.json': '{"pollSeconds": 5,\n "pollSeconds": 6}',
    'intel.json': '{"minSamples": 200,}',
    'old.json': '{}',
  };
  expect(faultLinesUnplaced(files)).toEqual([
    'router.json pollSeconds: written twice, first at 1:2; allowed: one of the two; delete the other',
    'intel.json: not JSON; allowed: a key in double quotes',
    'old.json: nothing reads this file; allowed: risk.json, universe.json, strategies.json, router.json, intel.json, runtime.json',
    'risk.json maxTradeNavPct: 0.2 is refused; allowed: a number from 1 to 100 percent (15 means 15 %)',
    'risk.json maxTradesNavPct: unknown key; allowed: maxTradeNavPct, which is probably meant',
    'universe.json symbols: 3 is refused; allowed: a list in [ ]',
  ]);
});

test('contradictions of several rules are told together', () => {
  const files = edited(
    set('risk.json', ['drawdownAlertPct'], 20),
    set('strategies.json', ['strategies', 0, 'leverage'], 3.5),
    set('runtime.json', ['leaseSeconds'], 10),
  );
  expect(faultLinesUnplaced(files).map((line) => line.split(':')[0])).toEqual([
    'risk.json drawdownAlertPct',
    'strategies.json strategies[0].leverage',
    'runtime.json leaseSeconds',
  ]);
});

test('a duplicate key is told with the place of both writings', () => {
  const files = { ...shippedFiles, 'intel.json': '{\n  "minSamples": 1,\n  "minSamples": 2\n}' };
  expect(faultLines(files)).toEqual([
    'intel.json:3:3 minSamples: written twice, first at 2:3; allowed: one of the two; delete the other',
  ]);
});

test('no files at all are six faults', () => {
  expect(faultLines({})).toEqual(
    ['risk', 'universe', 'strategies', 'router', 'intel', 'runtime'].map(
      (section) => `${section}.json: missing; allowed: a file of that name in the config folder`,
    ),
  );
});

describe('loadConfig', () => {
  test('reads the six files through the function it is given', () => {
    expect(loadConfig((name) => shippedFiles[name] ?? null)).toEqual(parsed(shippedFiles));
  });

  test('throws one error that lists every fault', () => {
    const files = edited(unset('risk.json', ['tiers']), set('intel.json', ['minSamples'], 0));
    const thrown = thrownBy(() => loadConfig((name) => (name === 'router.json' ? null : (files[name] ?? null))));
    expect(thrown).toBeInstanceOf(ConfigError);
    expect(thrown).toMatchObject({
      message: [
        '3 faults in the settings',
        'router.json: missing; allowed: a file of that name in the config folder',
        'risk.json tiers: missing; allowed: a block in { }',
        'intel.json:1:2 minSamples: 0 is refused; allowed: a whole number from 1 to 1000000',
      ].join('\n'),
    });
  });
});

test('nothing can change a configuration that was accepted', () => {
  const config = parsed(shippedFiles);
  const changes = [
    () => Reflect.set(config, 'risk', {}),
    () => Reflect.set(config.risk, 'maxLeverage', 100),
    () => Reflect.set(config.risk.tiers, 'CORE', { maxExposurePct: 1000 }),
    () => Reflect.set(config.universe.symbols, 0, null),
  ];
  expect(changes.map((change) => change())).toEqual([false, false, false, false]);
});

describe('the origin of a value', () => {
  test.each([
    { configPath: 'router.json:pollSeconds', value: 4, origin: 'router.json:7' },
    { configPath: 'risk.json:burstLimit.maxOrders', value: 6, origin: 'default' },
    { configPath: 'risk.json:burstLimit.windowSeconds', value: 60, origin: 'risk.json:1' },
    { configPath: 'risk.json:minFeeEdgeBps', value: null, origin: 'risk.json:1' },
    { configPath: 'risk.json:perSymbol.BTCUSDT.maxLeverage', value: null, origin: 'default' },
    { configPath: 'risk.json:perSymbol.BTCUSDT.blockedSides', value: [], origin: 'default' },
    { configPath: 'strategies.json:strategies[0].symbols', value: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'], origin: 'strategies.json:8' },
    { configPath: 'universe.json:symbols[2].maxLeverage', value: 3, origin: 'universe.json:5' },
  ])('$configPath is $origin', (expected) => {
    expect(originOf(expected.configPath)).toEqual(expected);
  });
});

function originOf(path: string): unknown {
  const files = {
    ...edited(unset('risk.json', ['burstLimit', 'maxOrders'])),
    'router.json': shippedFiles['router.json']?.replace('"pollSeconds": 5', '"pollSeconds": 4') ?? '',
  };
  const result = parseConfigFiles(files);
  return result.ok ? result.origins.find(({ configPath }) => configPath === path) : result.faults;
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
}
