/**
 * Why a strategy may not enter a symbol, or in an hour, that has lost. A warm-up refuses nothing, and neither does what is
 * not known: this filter needs evidence, and the caps are there without it.
 */
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { Expectancy } from '../../schema/records/expectancy-state.ts';
import type { VetoRecord } from '../../schema/records/verdict.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { Learned } from '../learning/learned.ts';
import { hourKey } from '../learning/learning-days.ts';

const BPS_PLACES = 4;

/** Empty when the strategy may enter; `at` is when it would. */
export function expectancyRefusals({ name, entryFilters: { expectancy: limits } }: StrategyConfig, symbol: string, { expectancy }: Learned, at: EpochMs): VetoRecord[] {
  if (limits === null || expectancy === null) return [];
  const path = (key: string): string => `strategies.json:${name}.entryFilters.expectancy.${key}`;
  return [
    ...refusalBelow('expectancy_symbol', expectancy.bySymbol[symbol], limits.minSymbolBps, path('minSymbolBps')),
    ...refusalBelow('expectancy_hour', expectancy.byHourUtc[hourKey(at)], limits.minHourBps, path('minHourBps')),
  ];
}

function refusalBelow(code: string, result: Expectancy | undefined, limitBps: number | null, configPath: string): VetoRecord[] {
  if (limitBps === null || result === undefined || result.isWarmup || result.expectancyBps === null) return [];
  if (result.expectancyBps >= limitBps) return [];
  return [{ code, observed: result.expectancyBps.toFixed(BPS_PLACES), limit: String(limitBps), unit: 'bps', configPath }];
}
