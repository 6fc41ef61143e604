/**
 * What is to be done about a symbol whose position the venue tells differently. Pure: the same view gives the same plan,
 * so doing it twice is doing it once.
 *
 * 1. While work of ours is in flight there its fills may explain everything: wait.
 * 2. Trades that are not booked yet are the explanation: adopt them, and compare again.
 * 3. A difference that no trade explains and that has not moved for the configured time is set right by the venue's own
 *    figure, under a record of its own. Until then: wait; entries stop meanwhile.
 */
import type { StandingDisagreement } from '../../schema/records/positions-state.ts';
import type { ReconciliationStep } from '../../schema/records/reconciliation.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export interface SymbolView {
  readonly isBusy: boolean;
  /** Trades at the venue that are not booked. */
  readonly freshFills: number;
  readonly disagreements: readonly StandingDisagreement[];
}

export function planReconciliation({ isBusy, freshFills, disagreements }: SymbolView, adjustAfterMs: number, asOf: EpochMs): ReconciliationStep {
  if (isBusy) return { action: 'wait', detail: 'work of ours is in flight', at: asOf };
  if (freshFills > 0) return { action: 'adopt', detail: `${freshFills} trades that no order of ours explains`, at: asOf };
  const sinceAt = Math.max(...disagreements.map((entry) => entry.sinceAt));
  if (asOf - sinceAt < adjustAfterMs) return { action: 'wait', detail: 'the venue tells of no trade that explains it', at: asOf };
  return { action: 'adjust', detail: `unexplained and unchanged for ${Math.floor((asOf - sinceAt) / 60_000)} minutes`, at: asOf };
}
