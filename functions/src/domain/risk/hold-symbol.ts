import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';

/** No entries of the symbol until then; a longer hold that is there already stays. */
export function withHold(risk: RiskState, symbol: string, untilAt: EpochMs): RiskState {
  const present = risk.disabledUntilAtBySymbol[symbol];
  if (present !== undefined && present >= untilAt) return risk;
  return { ...risk, disabledUntilAtBySymbol: { ...risk.disabledUntilAtBySymbol, [symbol]: untilAt } };
}
