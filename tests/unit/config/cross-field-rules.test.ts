import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { CROSS_FIELD_RULES } from '../../../functions/src/config/cross-field-rules.ts';
import { parseConfigFiles } from '../../../functions/src/config/load-config.ts';
import { floorsReachTheVenues } from '../../../functions/src/config/rules/venue-floor.ts';
import { router, routingRuleCases, twap } from './routing-rule-cases.ts';
import type { RuleCase } from './routing-rule-cases.ts';
import { timingRuleCases } from './timing-rule-cases.ts';
import { edited, faultLinesUnplaced, set, shippedFiles, unset } from './config-files.ts';
import type { Edit, Json } from './config-files.ts';

const risk = (path: readonly (string | number)[], value: Json): Edit => set('risk.json', path, value);
const ofStrategy = (path: readonly (string | number)[], value: Json): Edit =>
  set('strategies.json', ['strategies', 0, ...path], value);

/** `kind` and `params` of the shipped strategy, replaced together. */
const kindOf = (kind: string, params: Json): Edit[] => [ofStrategy(['kind'], kind), ofStrategy(['params'], params)];
const momentum = { fastPeriod: 12, slowPeriod: 26, atrPeriod: 14, entryGapAtr: 0.5, exitGapAtr: 0.1 };
const rsiBand = { period: 14, variant: 'wilder', oversold: 30, overbought: 70, exitLevel: 50 };

const cases: readonly RuleCase[] = [
  {
    rule: 'alertComesBeforeTheDrawdownLimit',
    edits: [risk(['drawdownAlertPct'], 10)],
    lines: ['risk.json drawdownAlertPct: 10 is refused; allowed: below 10, set in risk.json:maxNavDrawdownPct'],
  },
  {
    rule: 'dailyLossStopsBeforeTheDrawdownLimit',
    edits: [risk(['dailyLossLimitPct'], 12)],
    lines: ['risk.json dailyLossLimitPct: 12 is refused; allowed: at most 10, set in risk.json:maxNavDrawdownPct'],
  },
  {
    rule: 'symbolExposureFitsIntoGross',
    edits: [risk(['maxSymbolExposurePct'], 151)],
    lines: ['risk.json maxSymbolExposurePct: 151 is refused; allowed: at most 150, set in risk.json:maxGrossExposurePct'],
  },
  {
    rule: 'alignedBooksAreNoWeakerThanAdverseOnes',
    edits: [risk(['orderBook', 'alignedImbalance'], 0.3)],
    lines: ['risk.json orderBook.alignedImbalance: 0.3 is refused; allowed: at least 0.35, set in risk.json:orderBook.adverseImbalance'],
  },
  {
    rule: 'alignedBooksAreNoWeakerThanAdverseOnes',
    edits: [risk(['perSymbol', 'BTCUSDT', 'orderBook'], { adverseImbalance: 0.4, alignedImbalance: 0.39 })],
    lines: [
      'risk.json perSymbol.BTCUSDT.orderBook.alignedImbalance: 0.39 is refused; allowed: at least 0.4, set in risk.json:perSymbol.BTCUSDT.orderBook.adverseImbalance',
    ],
  },
  {
    rule: 'tiersFitIntoGross',
    edits: [risk(['tiers', 'CORE', 'maxExposurePct'], 200)],
    lines: ['risk.json tiers.CORE.maxExposurePct: 200 is refused; allowed: at most 150, set in risk.json:maxGrossExposurePct'],
  },
  {
    rule: 'ownLimitsTighten',
    edits: [
      risk(['perSymbol', 'BTCUSDT', 'maxExposurePct'], 41),
      risk(['perSymbol', 'ETHUSDT', 'maxLeverage'], 5),
      risk(['perSymbol', 'SOLUSDT', 'minNotionalUsd'], 4),
    ],
    lines: [
      'risk.json perSymbol.BTCUSDT.maxExposurePct: 41 is refused; allowed: at most 40, set in risk.json:maxSymbolExposurePct',
      'risk.json perSymbol.ETHUSDT.maxLeverage: 5 is refused; allowed: at most 4, set in risk.json:maxLeverage',
      'risk.json perSymbol.SOLUSDT.minNotionalUsd: 4 is refused; allowed: at least 5, set in risk.json:minNotionalUsd',
    ],
  },
  {
    rule: 'learnedOutlivesALostRun',
    edits: [set('intel.json', ['maxAgeMinutes'], 29)],
    lines: ['intel.json maxAgeMinutes: 29 is refused; allowed: at least 30, twice the longest gap of runtime.json:schedules.learn'],
  },
  {
    rule: 'learnedOutlivesALostRun',
    edits: [set('runtime.json', ['schedules', 'learn'], '0 3 * * *')],
    lines: ['runtime.json schedules.learn: "0 3 * * *" is refused; allowed: every hour of every day (* in the last four fields), since what was learned goes stale'],
  },
  {
    rule: 'autotuneBoundsAreInOrder',
    edits: [set('intel.json', ['autotune', 'minBias'], 1), set('intel.json', ['autotune', 'maxOffsetBps'], 0.5)],
    lines: [
      'intel.json autotune.minBias: 1 is refused; allowed: below 1, set in intel.json:autotune.maxBias',
      'intel.json autotune.minOffsetBps: 0.5 is refused; allowed: below 0.5, set in intel.json:autotune.maxOffsetBps',
    ],
  },
  {
    rule: 'autotunedSymbolsExist',
    edits: [set('intel.json', ['apply', 'symbols'], ['BTCUSDT', 'DOGEUSDT'])],
    lines: ['intel.json apply.symbols[1]: "DOGEUSDT" is refused; allowed: a symbol of universe.json:symbols'],
  },
  {
    rule: 'cautionComesBeforeDefence',
    edits: [set('intel.json', ['allocator', 'cautiousDrawdownPct'], 10)],
    lines: ['intel.json allocator.cautiousDrawdownPct: 10 is refused; allowed: below 10, set in intel.json:allocator.defensiveDrawdownPct'],
  },
  {
    rule: 'symbolsAreListedOnce',
    edits: [set('universe.json', ['symbols', 3], { symbol: 'BTCUSDT', tier: 'CORE', enabled: true, targetLeverage: 1, maxLeverage: 1 })],
    lines: ['universe.json symbols[3].symbol: "BTCUSDT" is refused; allowed: a symbol not listed before; this one is at universe.json:symbols[0]'],
  },
  {
    rule: 'tiersExist',
    edits: [set('universe.json', ['symbols', 2, 'tier'], 'ALT')],
    lines: ['universe.json symbols[2].tier: "ALT" is refused; allowed: a tier of risk.json:tiers: CORE, SATELLITE'],
  },
  {
    rule: 'symbolsHaveLimits',
    edits: [unset('risk.json', ['perSymbol', 'SOLUSDT'])],
    lines: ['universe.json symbols[2].symbol: "SOLUSDT" is refused; allowed: a symbol with an entry in risk.json:perSymbol; add one there, {} if it needs no limits of its own'],
  },
  {
    rule: 'limitsHaveSymbols',
    edits: [risk(['perSymbol', 'XRPUSDT'], {})],
    lines: [
      'risk.json perSymbol.XRPUSDT: this block is refused; allowed: a symbol of universe.json:symbols; add it there or delete its limits here',
    ],
  },
  {
    rule: 'targetLeverageHolds',
    edits: [set('universe.json', ['symbols', 0, 'targetLeverage'], 20)],
    lines: ['universe.json symbols[0].targetLeverage: 20 is refused; allowed: at most 4, set in universe.json:symbols[0].maxLeverage'],
  },
  {
    rule: 'universeLeverageHolds',
    edits: [set('universe.json', ['symbols', 0, 'maxLeverage'], 5), set('universe.json', ['symbols', 2, 'maxLeverage'], 4)],
    lines: [
      'universe.json symbols[0].maxLeverage: 5 is refused; allowed: at most 4, set in risk.json:maxLeverage',
      'universe.json symbols[2].maxLeverage: 4 is refused; allowed: at most 3, set in risk.json:perSymbol.SOLUSDT.maxLeverage',
    ],
  },
  {
    rule: 'strategyNamesAreUnique',
    edits: [set('strategies.json', ['strategies', 1], firstStrategy())],
    lines: ['strategies.json strategies[1].name: "zscore-5m" is refused; allowed: a name not used before; this one is at strategies.json:strategies[0]'],
  },
  {
    rule: 'strategySymbolsAreInTheUniverse',
    edits: [ofStrategy(['symbols'], ['BTCUSDT', 'XRPUSDT'])],
    lines: ['strategies.json strategies[0].symbols[1]: "XRPUSDT" is refused; allowed: a symbol of universe.json:symbols: BTCUSDT, ETHUSDT, SOLUSDT'],
  },
  {
    rule: 'strategySymbolsAreListedOnce',
    edits: [ofStrategy(['symbols'], ['BTCUSDT', 'BTCUSDT'])],
    lines: ['strategies.json strategies[0].symbols[1]: "BTCUSDT" is refused; allowed: each symbol once'],
  },
  {
    rule: 'strategyLeverageHolds',
    edits: [ofStrategy(['symbols'], 'all'), ofStrategy(['leverage'], 5)],
    lines: [
      'strategies.json strategies[0].leverage: 5 is refused; allowed: at most 4, set in risk.json:maxLeverage',
      'strategies.json strategies[0].leverage: 5 is refused; allowed: at most 3, set in risk.json:perSymbol.SOLUSDT.maxLeverage',
    ],
  },
  {
    rule: 'leverageLeavesLiquidationDistance',
    edits: [risk(['minLiquidationDistancePct'], 40)],
    lines: ['strategies.json strategies[0].leverage: 3 is refused; allowed: a leverage L with 100 / L above 40, set in risk.json:minLiquidationDistancePct'],
  },
  {
    rule: 'strategyConcurrencyHolds',
    edits: [ofStrategy(['maxConcurrentPositions'], 3)],
    lines: ['strategies.json strategies[0].maxConcurrentPositions: 3 is refused; allowed: at most 2, set in risk.json:maxConcurrentPositions'],
  },
  {
    rule: 'strategyTradesSomeSide',
    edits: [ofStrategy(['allowLong'], false), ofStrategy(['allowShort'], false)],
    lines: ['strategies.json strategies[0].allowLong: false is refused; allowed: true here or in allowShort; to switch a strategy off set enabled to false'],
  },
  {
    rule: 'alwaysOnMayTakeItsSide',
    edits: [...kindOf('always_on', { side: 'short' }), ofStrategy(['allowShort'], false)],
    lines: ['strategies.json strategies[0].allowShort: false is refused; allowed: true, since the strategy always wants short'],
  },
  {
    rule: 'everyPositionHasAnExit',
    edits: [ofStrategy(['exit'], { maxHoldMinutes: null, stopLossPct: null, takeProfitPct: 3 })],
    lines: [
      'strategies.json strategies[0].exit: this block is refused; allowed: a stopLossPct or a maxHoldMinutes, so that no position can stay without an exit',
    ],
  },
  {
    rule: 'trailingStepIsInsideItsDistance',
    edits: [ofStrategy(['exit', 'trailing'], { activationPct: 1, distancePct: 0.5, stepPct: 0.5 })],
    lines: [
      'strategies.json strategies[0].exit.trailing.stepPct: 0.5 is refused; allowed: below 0.5, set in strategies.json:strategies[0].exit.trailing.distancePct',
    ],
  },
  {
    rule: 'zscoreExitsInsideItsEntry',
    edits: [ofStrategy(['params', 'exitZ'], 2)],
    lines: ['strategies.json strategies[0].params.exitZ: 2 is refused; allowed: below 2, set in strategies.json:strategies[0].params.entryZ'],
  },
  {
    rule: 'rsiBandIsOrdered',
    edits: kindOf('rsi_band', { ...rsiBand, oversold: 50, exitLevel: 50, overbought: 50 }),
    lines: [
      'strategies.json strategies[0].params.oversold: 50 is refused; allowed: below 50, set in strategies.json:strategies[0].params.exitLevel',
      'strategies.json strategies[0].params.exitLevel: 50 is refused; allowed: below 50, set in strategies.json:strategies[0].params.overbought',
    ],
  },
  {
    rule: 'momentumIsOrdered',
    edits: kindOf('momentum', { ...momentum, fastPeriod: 26, exitGapAtr: 0.6 }),
    lines: [
      'strategies.json strategies[0].params.fastPeriod: 26 is refused; allowed: below 26, set in strategies.json:strategies[0].params.slowPeriod',
      'strategies.json strategies[0].params.exitGapAtr: 0.6 is refused; allowed: at most 0.5, set in strategies.json:strategies[0].params.entryGapAtr',
    ],
  },
  {
    rule: 'sizingFloorReachesRiskFloor',
    edits: [ofStrategy(['sizing', 'minNotionalUsd'], 10)],
    lines: [
      'strategies.json strategies[0].sizing.minNotionalUsd: 10 is refused; allowed: at least 100, set in risk.json:perSymbol.BTCUSDT.minNotionalUsd',
      'strategies.json strategies[0].sizing.minNotionalUsd: 10 is refused; allowed: at least 20, set in risk.json:perSymbol.ETHUSDT.minNotionalUsd',
    ],
  },
  {
    rule: 'sizingFloorFitsUnderItsCap',
    edits: [ofStrategy(['sizing', 'maxNotionalUsd'], 150)],
    lines: ['strategies.json strategies[0].sizing.maxNotionalUsd: 150 is refused; allowed: at least 200, set in strategies.json:strategies[0].sizing.minNotionalUsd'],
  },
  {
    rule: 'capsHoldASmallestOrder',
    edits: [risk(['maxTradeNavPct'], 1.5), risk(['perSymbol', 'BTCUSDT', 'maxOrderNotionalUsd'], 150)],
    lines: [
      'risk.json maxTradeNavPct: 1.5 is refused; allowed: room for the smallest BTCUSDT order of 200, set in strategies.json:strategies[0].sizing.minNotionalUsd; it holds 150 USD at referenceNavUsd 10000',
      'risk.json perSymbol.BTCUSDT.maxOrderNotionalUsd: 150 is refused; allowed: room for the smallest BTCUSDT order of 200, set in strategies.json:strategies[0].sizing.minNotionalUsd; it holds 150 USD',
      'risk.json maxTradeNavPct: 1.5 is refused; allowed: room for the smallest ETHUSDT order of 200, set in strategies.json:strategies[0].sizing.minNotionalUsd; it holds 150 USD at referenceNavUsd 10000',
      'risk.json maxTradeNavPct: 1.5 is refused; allowed: room for the smallest SOLUSDT order of 200, set in strategies.json:strategies[0].sizing.minNotionalUsd; it holds 150 USD at referenceNavUsd 10000',
    ],
  },
  ...timingRuleCases,
  {
    rule: 'intentsOutliveTheirLegs',
    edits: [ofStrategy(['intentTtlSeconds'], 44)],
    lines: ['strategies.json strategies[0].intentTtlSeconds: 44 is refused; allowed: at least 45, so that every leg of router.json has its turn'],
  },
  {
    rule: 'intentsOutliveTheirLegs',
    edits: [ofStrategy(['intentTtlSeconds'], 181)],
    lines: ['strategies.json strategies[0].intentTtlSeconds: 181 is refused; allowed: at most 180, set in router.json:maxIntentSeconds'],
  },
  ...routingRuleCases,
];

function firstStrategy(): Json {
  return z.object({ strategies: z.tuple([z.json()]) }).parse(JSON.parse(shippedFiles['strategies.json'] ?? '')).strategies[0];
}

describe('values that rule each other out are refused', () => {
  test.each(cases)('$rule', ({ edits, lines }) => {
    expect(faultLinesUnplaced(edited(...edits))).toEqual(lines);
  });

  test('every rule has a case here', () => {
    const tried = new Set(cases.map(({ rule }) => rule));
    expect(Object.keys(CROSS_FIELD_RULES).filter((rule) => !tried.has(rule))).toEqual([]);
  });
});

describe('values on the border are accepted', () => {
  const borders: readonly [string, readonly Edit[]][] = [
    ['a lease as long as a confirm run', [set('runtime.json', ['leaseSeconds'], 40)]],
    ['a confirm run and a lease that just fit into a function', [router(['confirmBudgetSeconds'], 94), set('runtime.json', ['leaseSeconds'], 120)]],
    ['a signal life just above the screen gap', [risk(['maxSignalAgeSeconds'], 61)]],
    ['a NAV life of three syncs', [risk(['navFreshnessSeconds'], 180)]],
    ['a trade cap that holds exactly the smallest order', [risk(['maxTradeNavPct'], 2)]],
    ['an intent life with one look more than its rests', [ofStrategy(['intentTtlSeconds'], 45)]],
    ['an intent life without maker legs', [ofStrategy(['intentTtlSeconds'], 5), set('router.json', ['makerFirst'], false)]],
    ['a slice plan that just fits', [...twap, ofStrategy(['intentTtlSeconds'], 165), router(['twapMinNotionalUsd'], 200)]],
    ['a rest as long as a run of confirm', [router(['makerRestSeconds'], 30), ofStrategy(['intentTtlSeconds'], 65)]],
    ['a strategy without a stop but with a time limit', [ofStrategy(['exit', 'stopLossPct'], null)]],
    ['an ordered RSI band', kindOf('rsi_band', rsiBand)],
    ['ordered averages', kindOf('momentum', momentum)],
    ['an always-on strategy of an allowed side', kindOf('always_on', { side: 'long' })],
    ['an empty list of strategies', [set('strategies.json', ['strategies'], [])]],
    ['a screen that keeps to some hours', [set('runtime.json', ['schedules', 'screen'], '*/5 8-18 * * 1-5')]],
  ];

  test.each(borders)('%s', (_name, edits) => {
    expect(faultLinesUnplaced(edited(...edits))).toEqual([]);
  });
});

test('"all" leaves out disabled symbols, so their limits bind no strategy', () => {
  const files = edited(
    ofStrategy(['symbols'], 'all'),
    ofStrategy(['leverage'], 4),
    set('universe.json', ['symbols', 2, 'enabled'], false),
  );
  expect(faultLinesUnplaced(files)).toEqual([]);
});

test('a floor below that of the venue is refused where the venue is known', () => {
  const rule = floorsReachTheVenues(new Map([['BTCUSDT', 120]]));
  const result = parseConfigFiles(shippedFiles, [rule]);
  expect(result).toMatchObject({
    ok: false,
    faults: [
      {
        file: 'risk.json',
        path: 'perSymbol.BTCUSDT.minNotionalUsd',
        problem: '100 is refused',
        allowed: "at least 120, the venue's own floor; what holds now is 100, set in risk.json:perSymbol.BTCUSDT.minNotionalUsd",
      },
    ],
  });
});
