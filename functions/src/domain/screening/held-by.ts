import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { OpenExposure, RiskState } from '../../schema/records/risk-state.ts';

/** The exposure that this strategy opened in the symbol. */
export function heldBy(strategy: Pick<StrategyConfig, 'name'>, symbol: string, risk: Pick<RiskState, 'exposures'>): OpenExposure | null {
  return Object.values(risk.exposures).find((exposure) => exposure.symbol === symbol && exposure.strategy === strategy.name) ?? null;
}
