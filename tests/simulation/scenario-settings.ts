/** Settings that let much happen in little time, within the rules that every configuration has to keep. */
import type { RandomStream } from '../../local/venue/market/random-stream.ts';
import { set } from '../unit/config/config-files.ts';
import type { Edit, Json } from '../unit/config/config-files.ts';

/** One set to begin with, and one or two that a redeploy may bring. All keep the same strategies, so that positions keep their owner. */
export function drawSettings(random: RandomStream): readonly (readonly Edit[])[] {
  const places = pick(random, 1, 2, 2, 3);
  const base = [...routerEdits(random), ...strategyEdits(random, places)];
  const variants = 1 + Math.floor(random.between(0, 3));
  return Array.from({ length: variants }, () => [...base, ...riskEdits(random, places)]);
}

function pick<T>(random: RandomStream, ...choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random.unit() * choices.length)] ?? choices[0];
}

function riskEdits(random: RandomStream, places: number): readonly Edit[] {
  const risk = (path: readonly string[], value: Json): Edit => set('risk.json', path, value);
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

function routerEdits(random: RandomStream): readonly Edit[] {
  const router = (key: string, value: Json): Edit => set('router.json', [key], value);
  return [
    router('makerFirst', random.unit() < 0.85),
    router('exitsGoTaker', random.unit() < 0.5),
    router('makerRestSeconds', pick(random, 5, 10, 20)),
    router('maxRequotes', pick(random, 0, 1, 2)),
    router('confirmBudgetSeconds', pick(random, 10, 30)),
    router('takerCollarBps', pick(random, 2, 10, 30)),
    router('maxIntentSeconds', 300),
  ];
}

const SIZING = { volTargetBps: 30, atrPeriod: 14, minNotionalUsd: 200, maxNotionalUsd: 1000 };

function strategyEdits(random: RandomStream, places: number): readonly Edit[] {
  const common = {
    leverage: 3,
    maxConcurrentPositions: places,
    entryFilters: { atrRegime: null },
    allowLong: true,
    allowShort: true,
    intentTtlSeconds: pick(random, 90, 120, 300),
  };
  const exit = () => ({ maxHoldMinutes: pick(random, 15, 60), stopLossPct: pick(random, 0.2, 0.5, 1.5), takeProfitPct: pick(random, null, 0.4, 1) });
  const reverting: Json = {
    ...common,
    name: 'reverting',
    kind: 'zscore',
    enabled: true,
    timeframe: pick(random, '1m', '1m', '5m'),
    symbols: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'],
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
