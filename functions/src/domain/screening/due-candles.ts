/**
 * Which strategies have a newly closed candle to decide on, so that each candle is decided once, whatever the schedule.
 * A strategy goes on deciding on what it holds where config lets it enter nothing more: exits have the right of way.
 */
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { UniverseConfig } from '../../schema/config/universe-config.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { ScreenState } from '../../schema/records/screen-state.ts';
import type { EpochMs, Timeframe } from '../../schema/scalars.ts';
import { entryBar } from './entry-bar.ts';

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
  /** Why the strategy may only close what it holds in the symbol; null where it may enter, too. */
  readonly entryBar: string | null;
}

export const decisionKey = (strategy: string, symbol: string): string => `${strategy}-${symbol}`;

export function dueCandles(
  strategies: readonly StrategyConfig[],
  universe: UniverseConfig,
  { decidedCandleAt }: Pick<ScreenState, 'decidedCandleAt'>,
  { exposures }: Pick<RiskState, 'exposures'>,
  scheduledAt: EpochMs,
): readonly DueCandle[] {
  const members = universe.symbols.map((entry) => entry.symbol);
  const open = Object.values(exposures);
  return strategies.flatMap((strategy) => {
    const closeAt = lastClose(scheduledAt, strategy.timeframe);
    const held = new Set(open.filter((exposure) => exposure.strategy === strategy.name).map((exposure) => exposure.symbol));
    const symbols = new Set([...(strategy.symbols === 'all' ? members : strategy.symbols), ...held]);
    return [...symbols]
      .filter((symbol) => isUndecided({ decidedCandleAt }, decisionKey(strategy.name, symbol), closeAt))
      .map((symbol) => ({ strategy, symbol, closeAt, entryBar: entryBar(strategy, universe, symbol) }))
      .filter((candle) => candle.entryBar === null || held.has(candle.symbol));
  });
}

export function isUndecided(state: Pick<ScreenState, 'decidedCandleAt'>, key: string, closeAt: EpochMs): boolean {
  const decidedAt = state.decidedCandleAt[key];
  return decidedAt === undefined || decidedAt < closeAt;
}

function lastClose(at: EpochMs, timeframe: Timeframe): EpochMs {
  return at - (at % TIMEFRAME_MS[timeframe]);
}
