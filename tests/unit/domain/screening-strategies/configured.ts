/** A configured strategy of each kind, through the schema that reads strategies.json. */
import { strategyConfig } from '../../../../functions/src/schema/config/strategies-config.ts';
import type { StrategyConfig, StrategyKind } from '../../../../functions/src/schema/config/strategies-config.ts';

const PARAMS = {
  rsi_band: { period: 3, variant: 'cutler', oversold: 30, overbought: 70, exitLevel: 50 },
  zscore: { lookback: 4, entryZ: 1.5, exitZ: 0.5 },
  momentum: { fastPeriod: 2, slowPeriod: 4, atrPeriod: 3, entryGapAtr: 0.2, exitGapAtr: 0.05 },
  always_on: { side: 'long' },
  external: { keys: ['model-a'], maxStrength: 2 },
} as const satisfies Record<StrategyKind, object>;

/** Changes are in the words of strategies.json; `params` are merged into those of the kind. */
export function configured(kind: StrategyKind, changes: Readonly<Record<string, unknown>> & { readonly params?: object } = {}): StrategyConfig {
  return strategyConfig.parse({
    name: `${kind.replace('_', '-')}-5m`,
    kind,
    enabled: true,
    timeframe: '5m',
    symbols: 'all',
    leverage: 3,
    maxConcurrentPositions: 4,
    sizing: { volTargetBps: 25, atrPeriod: 3, minNotionalUsd: 10, maxNotionalUsd: 1000 },
    exit: { maxHoldMinutes: null, stopLossPct: null, takeProfitPct: null, trailing: null },
    flip: 'refuse',
    allowLong: true,
    allowShort: true,
    intentTtlSeconds: 120,
    ...changes,
    params: { ...PARAMS[kind], ...changes.params },
  });
}
