import type { Candle } from '../../../functions/src/domain/market/market.ts';
import type { StrategyConfig } from '../../../functions/src/schema/config/strategies-config.ts';

export type ZscoreConfig = Extract<StrategyConfig, { kind: 'zscore' }>;

/** Mean reversion on 5-minute candles of BTCUSDT, without limits of time, loss or gain. */
export function aStrategy(changes: Partial<ZscoreConfig> = {}): ZscoreConfig {
  return {
    name: 'zscore-5m',
    enabled: true,
    timeframe: '5m',
    symbols: ['BTCUSDT'],
    leverage: 3,
    maxConcurrentPositions: 4,
    sizing: { volTargetBps: 25, atrPeriod: 3, minNotionalUsd: 10, maxNotionalUsd: 100_000 },
    entryFilters: { atrRegime: null, expectancy: null },
    exit: { maxHoldMinutes: null, stopLossPct: null, takeProfitPct: null, trailing: null },
    flip: 'refuse',
    allowLong: true,
    allowShort: true,
    intentTtlSeconds: 120,
    kind: 'zscore',
    params: { lookback: 4, entryZ: 1.5, exitZ: 0.5 },
    ...changes,
  };
}

const FIVE_MINUTES = 300_000;

/** 5-minute candles with these closes, each 1 up and 1 down around its close, the last one closing at `closeAt`. */
export function candlesOf(closes: readonly number[], closeAt: number): Candle[] {
  return closes.map((close, i) => {
    const at = closeAt - (closes.length - 1 - i) * FIVE_MINUTES;
    return { openAt: at - FIVE_MINUTES, closeAt: at, open: close, high: close + 1, low: close - 1, close, volume: 10 };
  });
}
