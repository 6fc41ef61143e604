import { describe, expect, test } from 'vitest';
import { edited, faultLines, faultLinesUnplaced, parsed, set, shippedFiles, unset } from './config-files.ts';
import type { Edit } from './config-files.ts';

const strategy = (...path: (string | number)[]): (string | number)[] => ['strategies', 0, ...path];

describe('a value its own schema refuses is told with its key, itself and what is allowed', () => {
  const cases: readonly [Edit, string][] = [
    [
      set('risk.json', ['maxTradeNavPct'], 0.2),
      'risk.json maxTradeNavPct: 0.2 is refused; allowed: a number from 1 to 100 percent (15 means 15 %)',
    ],
    [
      set('risk.json', ['maxTradeNavPct'], '10'),
      'risk.json maxTradeNavPct: "10" is refused; allowed: a number from 1 to 100 percent (15 means 15 %)',
    ],
    [
      set('risk.json', ['maxSpreadBps'], 0),
      'risk.json maxSpreadBps: 0 is refused; allowed: a number from 0.1 to 1000 basis points (1 is 0.01 %)',
    ],
    [
      set('risk.json', ['minNotionalUsd'], -1),
      'risk.json minNotionalUsd: -1 is refused; allowed: a number from 0 to 1000000 US dollars',
    ],
    [
      set('risk.json', ['minNotionalUsd'], 1e-7),
      'risk.json minNotionalUsd: 1e-7 is refused; allowed: a number from 0 to 1000000 US dollars',
    ],
    [
      set('risk.json', ['burstLimit', 'maxOrders'], 1.5),
      'risk.json burstLimit.maxOrders: 1.5 is refused; allowed: a whole number from 1 to 1000',
    ],
    [
      set('risk.json', ['burstLimit'], 6),
      'risk.json burstLimit: 6 is refused; allowed: a block in { }',
    ],
    [
      unset('risk.json', ['referenceNavUsd']),
      'risk.json referenceNavUsd: missing; allowed: a number from 1 to 1000000000 US dollars',
    ],
    [
      set('risk.json', ['maxLeverage'], null),
      'risk.json maxLeverage: null is refused; allowed: a number from 1 to 125',
    ],
    [
      set('risk.json', ['resetTimezone'], 'Mars/Base'),
      'risk.json resetTimezone: "Mars/Base" is refused; allowed: an IANA time zone such as UTC or Europe/Paris',
    ],
    [
      set('risk.json', ['orderBook', 'onError'], 'ignore'),
      'risk.json orderBook.onError: "ignore" is refused; allowed: pass or veto',
    ],
    [
      set('risk.json', ['tiers', 'core'], { maxExposurePct: 10 }),
      'risk.json tiers.core: this key is refused; allowed: a tier name such as CORE',
    ],
    [
      set('risk.json', ['perSymbol', 'btcusdt'], {}),
      'risk.json perSymbol.btcusdt: this key is refused; allowed: a venue symbol such as BTCUSDT',
    ],
    [
      set('risk.json', ['perSymbol', 'BTCUSDT', 'blockedSides'], ['LONG']),
      'risk.json perSymbol.BTCUSDT.blockedSides[0]: "LONG" is refused; allowed: one of long, short',
    ],
    [
      set('risk.json', ['maxTradeNavPc'], 10),
      'risk.json maxTradeNavPc: unknown key; allowed: maxTradeNavPct, which is probably meant',
    ],
    [
      set('risk.json', ['burstLimit', 'note'], 'why'),
      'risk.json burstLimit.note: unknown key; allowed: maxOrders, windowSeconds',
    ],
    [set('universe.json', ['symbols'], []), 'universe.json symbols: [] is refused; allowed: at least one symbol'],
    [
      set('universe.json', ['symbols', 0, 'enabled'], 'yes'),
      'universe.json symbols[0].enabled: "yes" is refused; allowed: true or false',
    ],
    [set('strategies.json', ['strategies'], {}), 'strategies.json strategies: this block is refused; allowed: a list in [ ]'],
    [
      set('strategies.json', strategy('kind'), 'grid'),
      'strategies.json strategies[0].kind: "grid" is refused; allowed: one of rsi_band, zscore, momentum, always_on, external',
    ],
    [
      unset('strategies.json', strategy('name')),
      'strategies.json strategies[0].name: missing; allowed: text in double quotes',
    ],
    [
      set('strategies.json', strategy('name'), 'Z score'),
      'strategies.json strategies[0].name: "Z score" is refused; allowed: a name of lower-case letters, digits and hyphens, such as zscore-5m',
    ],
    [
      set('strategies.json', strategy('timeframe'), '2m'),
      'strategies.json strategies[0].timeframe: "2m" is refused; allowed: one of 1m, 5m, 15m, 1h, 4h',
    ],
    [
      set('strategies.json', strategy('symbols'), 'some'),
      'strategies.json strategies[0].symbols: "some" is refused; allowed: "all" or a list of at least one venue symbol',
    ],
    [
      set('strategies.json', strategy('params', 'period'), 14),
      'strategies.json strategies[0].params.period: unknown key; allowed: lookback, entryZ, exitZ',
    ],
    [
      unset('strategies.json', strategy('exit', 'stopLossPct')),
      'strategies.json strategies[0].exit.stopLossPct: missing; allowed: a number from 0.05 to 50 percent (15 means 15 %)',
    ],
    [
      set('runtime.json', ['schedules', 'screen'], 'every 1 minutes'),
      'runtime.json schedules.screen: "every 1 minutes" is refused; allowed: five unix-cron fields of numbers, lists, ranges and steps, such as */5 * * * *',
    ],
  ];

  test.each(cases)('%j', (edit, line) => {
    expect(faultLinesUnplaced(edited(edit))).toEqual([line]);
  });
});

test('a long value is cut', () => {
  const line = `risk.json burstLimit: "${'x'.repeat(59)}... is refused; allowed: a block in { }`;
  expect(faultLinesUnplaced(edited(set('risk.json', ['burstLimit'], 'x'.repeat(200))))).toEqual([line]);
});

test('a fault names the line and column its key is written at', () => {
  const text = shippedFiles['router.json']?.replace('"pollSeconds": 5', '"pollSeconds": 0') ?? '';
  expect(faultLines({ ...shippedFiles, 'router.json': text })).toEqual([
    'router.json:7:3 pollSeconds: 0 is refused; allowed: a whole number from 1 to 600 seconds',
  ]);
});

test('blocks that are left out take their defaults', () => {
  const config = parsed(edited(unset('risk.json', ['burstLimit']), unset('runtime.json', ['schedules'])));
  expect(config.risk.burstLimit).toEqual({ maxOrders: 6, windowSeconds: 60 });
  expect(config.runtime.schedules).toEqual({ screen: '* * * * *', sync: '* * * * *', learn: '*/15 * * * *' });
});
