/** Settings that let much happen in little time, within the rules that every configuration has to keep. */
import type { FeatureFlags } from '../../functions/src/schema/feature-flags.ts';
import type { RandomStream } from '../../local/venue/market/random-stream.ts';
import { set } from '../unit/config/config-files.ts';
import type { Edit, Json } from '../unit/config/config-files.ts';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'] as const;

/**
 * One set to begin with, and one or two that a redeploy may bring, with other caps and another leverage. All keep the
 * same strategies, so that positions keep their owner.
 */
export function drawSettings(random: RandomStream, positionMode: 'hedge' | 'one-way'): readonly (readonly Edit[])[] {
  const places = pick(random, 1, 2, 2, 3);
  const router = drawRouter(random);
  const base = [
    ...Object.entries(router).map(([key, value]) => set('router.json', [key], value)),
    ...learningEdits(random),
    ...strategyEdits(random, places, leastLifeOf(router)),
    set('runtime.json', ['venueSettings', 'positionMode'], positionMode === 'hedge' ? 'hedge' : 'oneWay'),
  ];
  const variants = 1 + Math.floor(random.between(0, 3));
  return Array.from({ length: variants }, () => [...base, ...riskEdits(random, places), ...universeEdits(random)]);
}

/** The shadow's switches stay off: a simulation has no second configuration. */
export function drawFlags(random: RandomStream): Partial<FeatureFlags> {
  if (random.unit() < 0.4) return {};
  const routerAutotune = random.unit() < 0.7;
  return { intel: random.unit() < 0.7, feedbackAllocator: random.unit() < 0.5, routerAutotune, routerAutotuneApply: routerAutotune && random.unit() < 0.7 };
}

function pick<T>(random: RandomStream, ...choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random.unit() * choices.length)] ?? choices[0];
}

const risk = (path: readonly string[], value: Json): Edit => set('risk.json', path, value);
const intel = (path: readonly string[], value: Json): Edit => set('intel.json', path, value);

function riskEdits(random: RandomStream, places: number): readonly Edit[] {
  const grossPct = pick(random, 30, 60, 150);
  const symbolPct = Math.min(grossPct, pick(random, 15, 25, 40));
  return [
    risk(['maxGrossExposurePct'], grossPct),
    risk(['maxSymbolExposurePct'], symbolPct),
    risk(['tiers', 'CORE', 'maxExposurePct'], Math.min(grossPct, pick(random, 20, 30))),
    risk(['perSymbol', 'BTCUSDT', 'maxExposurePct'], Math.min(symbolPct, 25)),
    risk(['perSymbol', 'ETHUSDT', 'maxExposurePct'], Math.min(symbolPct, 25)),
    risk(['perSymbol', 'SOLUSDT', 'maxExposurePct'], Math.min(symbolPct, 15)),
    risk(['maxConcurrentPositions'], places),
    risk(['cooldownSeconds'], pick(random, 0, 60, 300)),
    risk(['maxTradesPerSymbolPerHour'], pick(random, 6, 30)),
    risk(['burstLimit'], { maxOrders: pick(random, 6, 20), windowSeconds: 60 }),
    risk(['errorCircuit'], { maxErrors: pick(random, 5, 50), windowSeconds: 300 }),
  ];
}

/** The venue is to have the leverage that is deployed, so a redeploy may have it changed. */
function universeEdits(random: RandomStream): readonly Edit[] {
  return SYMBOLS.map((_symbol, index) => set('universe.json', ['symbols', index, 'targetLeverage'], pick(random, 2, 3, 3)));
}

interface DrawnRouter {
  readonly [key: string]: Json;
  readonly makerFirst: boolean;
  readonly makerRestSeconds: number;
  readonly maxRequotes: number;
  readonly pollSeconds: number;
  readonly twapMinNotionalUsd: number | null;
  readonly twapSlices: number;
  readonly twapIntervalSeconds: number;
}

function drawRouter(random: RandomStream): DrawnRouter {
  const makerFirst = random.unit() < 0.85;
  const makerRestSeconds = pick(random, 5, 10, 20);
  const maxRequotes = pick(random, 0, 1, 2);
  const twapSlices = pick(random, 2, 3, 4);
  return {
    makerFirst,
    makerRestSeconds,
    maxRequotes,
    pollSeconds: 5,
    exitsGoTaker: random.unit() < 0.5,
    makerOffsetBps: pick(random, 0, 0, 1),
    confirmBudgetSeconds: pick(random, 10, 30),
    takerCollarBps: pick(random, 2, 10, 30),
    maxIntentSeconds: 1200,
    twapMinNotionalUsd: random.unit() < 0.3 ? 100 * twapSlices : null,
    twapSlices,
    twapIntervalSeconds: makerRestSeconds * (maxRequotes + 1) + pick(random, 5, 30),
  };
}

/** Seconds that every leg and slice need at least, each rest ended by a sync and not by its own confirm. */
function leastLifeOf({ makerRestSeconds, maxRequotes, pollSeconds, twapMinNotionalUsd, twapSlices, twapIntervalSeconds }: DrawnRouter): number {
  const legs = (makerRestSeconds + 60) * (maxRequotes + 1) + pollSeconds;
  return twapMinNotionalUsd === null ? legs : legs + (twapSlices - 1) * twapIntervalSeconds + 60;
}

/** Few samples suffice, so that what is learned acts within the hours of a simulation. */
function learningEdits(random: RandomStream): readonly Edit[] {
  return [
    intel(['minSamples'], pick(random, 2, 5, 20)),
    intel(['apply', 'symbols'], pick<Json>(random, [], [...SYMBOLS])),
    intel(['apply', 'minGapHours'], 1),
    intel(['apply', 'maxStepsPerDay'], 10),
    intel(['apply', 'allowMakerFlip'], random.unit() < 0.5),
    set('router.json', ['health', 'minSamples'], pick(random, 3, 20)),
  ];
}

const SIZING = { volTargetBps: 30, atrPeriod: 14, minNotionalUsd: 200, maxNotionalUsd: 1000 };

function strategyEdits(random: RandomStream, places: number, leastLifeSeconds: number): readonly Edit[] {
  const common = {
    leverage: 2,
    maxConcurrentPositions: places,
    entryFilters: { atrRegime: null, expectancy: null },
    flip: pick(random, 'refuse', 'refuse', 'saga'),
    allowLong: true,
    allowShort: true,
    intentTtlSeconds: leastLifeSeconds + pick(random, 0, 30, 120),
  };
  const trailing = pick<Json>(random, null, null, { activationPct: 0.2, distancePct: 0.3, stepPct: 0.1 });
  const exit = () => ({ maxHoldMinutes: pick(random, 15, 60, 600), stopLossPct: pick(random, 0.2, 0.5, 1.5), takeProfitPct: pick(random, null, 0.4, 1), trailing });
  const reverting: Json = {
    ...common,
    name: 'reverting',
    kind: 'zscore',
    enabled: true,
    timeframe: pick(random, '1m', '1m', '5m'),
    symbols: [...SYMBOLS],
    sizing: SIZING,
    params: { lookback: 20, entryZ: pick(random, 1, 1.5, 2), exitZ: 0.3 },
    exit: exit(),
  };
  const steady: Json = {
    ...common,
    name: 'steady',
    kind: 'always_on',
    enabled: random.unit() < 0.5,
    timeframe: '1m',
    symbols: pick(random, ['SOLUSDT'], ['ETHUSDT', 'SOLUSDT']),
    sizing: SIZING,
    params: { side: pick(random, 'long', 'short') },
    exit: exit(),
  };
  return [set('strategies.json', ['strategies'], [reverting, steady])];
}
