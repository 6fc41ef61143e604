import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';

const POSITION_LAG_MS = 10_000;

/** Whether the venue's position of a symbol may not have our last fill in it yet: it follows by moments. */
export function mayLag({ lastFillAtBySymbol }: Pick<RiskState, 'lastFillAtBySymbol'>, symbol: string, asOf: EpochMs): boolean {
  const filledAt = lastFillAtBySymbol[symbol];
  return filledAt !== undefined && asOf - filledAt < POSITION_LAG_MS;
}
