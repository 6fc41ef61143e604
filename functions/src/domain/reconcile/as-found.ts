/**
 * Which of a sync's differences still are as it found them. Syncs overlap, and settling takes a venue's time: meanwhile
 * another sync may have booked what explains a difference, or have seen it end. Such a one is neither set right nor
 * reported; the next sync compares anew.
 */
import { compareIncome, quantityInLedger } from '../account/compare-ledger.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { PositionsState, StandingDisagreement } from '../../schema/records/positions-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';

/** Read in the transaction that acts on the answer. */
export interface PresentLedger {
  readonly risk: RiskState;
  readonly income: IncomeState | null;
  readonly compared: PositionsState | null;
}

export function asFound(found: readonly StandingDisagreement[], { risk, income, compared }: PresentLedger, asOf: EpochMs): readonly StandingDisagreement[] {
  const sums = income === null ? [] : compareIncome(risk, income, asOf).disagreements;
  return found.filter((entry) => {
    if (entry.symbol === null) return sums.some((row) => row.key === entry.key && row.ours === entry.ours && row.venues === entry.venues);
    return !hasEnded(entry, compared) && entry.ours === quantityInLedger(risk, entry.key);
  });
}

/** Seen by a later sync: what the last one left on record is no longer the difference that was found then. */
export function hasEnded({ key, foundAt }: StandingDisagreement, compared: PositionsState | null): boolean {
  return compared === null || !compared.disagreements.some((entry) => entry.key === key && entry.foundAt === foundAt);
}
