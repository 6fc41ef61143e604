import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { ExitRules } from '../../schema/config/strategies-config.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';

/**
 * What closes a position: what its strategy says, enabled or not. One whose strategy config no longer knows, or that was
 * adopted, has the default stop. Null for a position that is none of ours and is to be left alone.
 */
export function exitRulesOf({ strategy }: OpenExposure, { strategies, risk }: Pick<EngineConfig, 'strategies' | 'risk'>): ExitRules | null {
  const own = strategies.strategies.find(({ name }) => name === strategy);
  if (own !== undefined) return own.exit;
  if (strategy === null && risk.foreign.positions !== 'adopt') return null;
  return { maxHoldMinutes: null, stopLossPct: risk.foreign.stopLossPct, takeProfitPct: null, trailing: null };
}
