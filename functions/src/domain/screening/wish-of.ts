/** What a configured strategy wants now: its limits of loss and gain first, then its own signal. Time is up at no candle: sync sees to that. */
import { decimal, toStatistic } from '../money/decimal.ts';
import type { Candle } from '../market/market.ts';
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';
import { candlesForFilters } from './entry-filters.ts';
import { strategyWish, warmupOf } from './strategies/registry.ts';
import type { HeldPosition, StrategyWish } from './strategy.ts';

/** Closed candles a strategy needs, its sizing's ATR and its entry filters included. */
export function candlesNeeded(config: StrategyConfig): number {
  return Math.max(warmupOf(config), config.sizing.atrPeriod + 1, candlesForFilters(config));
}

export function wishOf(config: StrategyConfig, candles: readonly Candle[], exposure: OpenExposure | null): StrategyWish {
  const held: HeldPosition | null = exposure === null ? null : { positionSide: exposure.positionSide, openedAt: exposure.openedAt };
  const limit = exposure === null ? null : limitExit(config, candles, exposure);
  if (limit !== null) return limit;
  const warmup = warmupOf(config);
  if (candles.length < warmup) return { kind: 'none', reason: 'too few closed candles' };
  // Exactly the warm-up, so that a longer series, read for another strategy's sake, cannot change what this one sees.
  const wish = strategyWish(config, { candles: candles.slice(-warmup), held });
  if (wish.kind !== 'enter') return wish;
  const allowed = wish.positionSide === 'long' ? config.allowLong : config.allowShort;
  return allowed ? wish : { kind: 'none', reason: `the strategy may not enter ${wish.positionSide}` };
}

/** Percent moved for us since the average entry, at the last close. */
function limitExit(config: StrategyConfig, candles: readonly Candle[], exposure: OpenExposure): StrategyWish | null {
  const { stopLossPct, takeProfitPct } = config.exit;
  const exit = (indicator: string, value: number, threshold: number): StrategyWish => ({
    kind: 'exit',
    positionSide: exposure.positionSide,
    indicator,
    value,
    threshold,
  });
  const last = candles.at(-1);
  if (last === undefined) return null;
  const entry = toStatistic(decimal(exposure.averageEntryPrice));
  const movedPct = ((exposure.positionSide === 'long' ? last.close - entry : entry - last.close) / entry) * 100;
  if (stopLossPct !== null && movedPct <= -stopLossPct) return exit('movedPct', movedPct, -stopLossPct);
  if (takeProfitPct !== null && movedPct >= takeProfitPct) return exit('movedPct', movedPct, takeProfitPct);
  return null;
}
