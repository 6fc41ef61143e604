/** Which strategies have a newly closed candle to decide on, so that each candle is decided once, whatever the schedule. */
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { UniverseConfig } from '../../schema/config/universe-config.ts';
import type { ScreenState } from '../../schema/records/screen-state.ts';
import type { EpochMs, Timeframe } from '../../schema/scalars.ts';

export const TIMEFRAME_MS: Readonly<Record<Timeframe, number>> = {
  '1m': 60_000,
  '5m': 300_000,
  '15m': 900_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
};

export interface DueCandle {
  readonly strategy: StrategyConfig;
  readonly symbol: string;
  /** The first millisecond after the newest candle that has closed by the scheduled time. */
  readonly closeAt: EpochMs;
}

export const decisionKey = (strategy: string, symbol: string): string => `${strategy}-${symbol}`;

export function dueCandles(
  strategies: readonly StrategyConfig[],
  universe: UniverseConfig,
  state: Pick<ScreenState, 'decidedCandleAt'>,
  scheduledAt: EpochMs,
): readonly DueCandle[] {
  const enabled = universe.symbols.filter((entry) => entry.enabled).map((entry) => entry.symbol);
  return strategies
    .filter((strategy) => strategy.enabled)
    .flatMap((strategy) => {
      const closeAt = lastClose(scheduledAt, strategy.timeframe);
      const symbols = strategy.symbols === 'all' ? enabled : strategy.symbols.filter((symbol) => enabled.includes(symbol));
      return symbols
        .filter((symbol) => isUndecided(state, decisionKey(strategy.name, symbol), closeAt))
        .map((symbol) => ({ strategy, symbol, closeAt }));
    });
}

export function isUndecided(state: Pick<ScreenState, 'decidedCandleAt'>, key: string, closeAt: EpochMs): boolean {
  const decidedAt = state.decidedCandleAt[key];
  return decidedAt === undefined || decidedAt < closeAt;
}

function lastClose(at: EpochMs, timeframe: Timeframe): EpochMs {
  return at - (at % TIMEFRAME_MS[timeframe]);
}
