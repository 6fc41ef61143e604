/**
 * The shipped settings, made restless: signals nearly every minute, makers that are requoted and taken, slices, flips,
 * trailing and fixed stops that fire, and windows long enough that one engine's work is another one's to finish.
 */
import { benchConfig, benchSymbols } from '../../scripts/bench/bench-config.ts';
import type { BenchConfig } from '../../scripts/bench/bench-config.ts';

export const SOAK_SYMBOLS = benchSymbols(3);

export function soakConfig(): BenchConfig {
  return benchConfig(SOAK_SYMBOLS, {
    risk: {
      cooldownSeconds: 0,
      maxTradesPerSymbolPerHour: 3600,
      burstLimit: { maxOrders: 1000, windowSeconds: 60 },
      errorCircuit: { maxErrors: 1000, windowSeconds: 60 },
      maxConcurrentPositions: 3,
      fundingWindowMinutes: 0,
      maxNavDrawdownPct: 90,
      drawdownAlertPct: 80,
      dailyLossLimitPct: 90,
      symbolDrawdownCapPct: 90,
      symbolShareCapPct: 100,
      orderBook: { depthLevels: 1, adverseImbalance: 1, alignedImbalance: 1, maxAgeSeconds: 10, onError: 'pass' },
    },
    router: { makerRestSeconds: 8, pollSeconds: 3, confirmBudgetSeconds: 10, exitsGoTaker: false, twapMinNotionalUsd: 600, twapSlices: 3, twapIntervalSeconds: 25 },
    strategy: {
      timeframe: '1m',
      maxConcurrentPositions: 3,
      params: { lookback: 15, entryZ: 0.6, exitZ: 0.2 },
      exit: { maxHoldMinutes: 4, stopLossPct: 0.2, takeProfitPct: 0.3, trailing: { activationPct: 0.1, distancePct: 0.1, stepPct: 0.05 } },
      flip: 'saga',
      intentTtlSeconds: 150,
    },
  });
}
