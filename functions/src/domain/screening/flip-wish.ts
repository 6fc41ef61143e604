import type { Candle } from '../market/market.ts';
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { OpenExposure, RiskState } from '../../schema/records/risk-state.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { StrategyWish } from './strategy.ts';
import { wishOf } from './wish-of.ts';

export type EntryWish = Extract<StrategyWish, { kind: 'enter' }>;

/** What a strategy that flips would enter if it held nothing, when that is the other side of what it holds. */
export function flipWish(strategy: StrategyConfig, series: readonly Candle[], held: OpenExposure | null): EntryWish | null {
  if (strategy.flip !== 'saga' || held === null) return null;
  const wish = wishOf(strategy, series, null);
  return wish.kind === 'enter' && wish.positionSide !== held.positionSide ? wish : null;
}

/** The risk state as if the position were flat. */
export function asIfFlat(risk: RiskState, { symbol, positionSide }: OpenExposure): RiskState {
  const { [positionKey(symbol, positionSide)]: _held, ...exposures } = risk.exposures;
  return { ...risk, exposures };
}
