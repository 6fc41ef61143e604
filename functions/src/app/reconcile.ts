/**
 * What a sync does about every difference it found. Those of positions are settled symbol by symbol; sums of the account
 * that stay different follow the venue's income once nothing else explains them. What remains is an incident.
 */
import type { VenuePosition } from '../domain/account/account.ts';
import { compareIncome } from '../domain/account/compare-ledger.ts';
import type { Comparison } from '../domain/account/compare-ledger.ts';
import { decimal, text } from '../domain/money/decimal.ts';
import { planReconciliation } from '../domain/reconcile/plan-reconciliation.ts';
import { ADJUSTMENTS } from '../schema/records/adjustment.ts';
import { INCOME_STATE, INCOME_STATE_ID } from '../schema/records/income-state.ts';
import type { IncomeState } from '../schema/records/income-state.ts';
import type { PositionsState, StandingDisagreement } from '../schema/records/positions-state.ts';
import { reconciliationId } from '../schema/records/reconciliation.ts';
import { RISK_STATE, RISK_STATE_ID } from '../schema/records/risk-state.ts';
import type { RiskState } from '../schema/records/risk-state.ts';
import type { EpochMs } from '../schema/scalars.ts';
import type { EngineDeps } from './engine-deps.ts';
import { disagreementIncident, raiseIncident } from './incidents.ts';
import { reconcileSymbol } from './reconcile-symbol.ts';
import { recordStep } from './record-reconciliation.ts';

export interface Found {
  /** Null when nothing could be compared. */
  readonly comparison: Comparison | null;
  readonly positions: PositionsState | null;
  readonly venuePositions: readonly VenuePosition[] | null;
  readonly income: IncomeState | null;
  readonly risk: RiskState;
  readonly asOf: EpochMs;
}

export async function reconcile(deps: EngineDeps, { comparison, positions: state, venuePositions: positions, income, risk, asOf }: Found): Promise<void> {
  if (comparison === null || state === null || positions === null || income === null) return;
  // One that stands from before and could not be compared now is left to the sync that can.
  const present = new Set(comparison.disagreements.map((entry) => entry.key));
  const disagreements = state.disagreements.filter((entry) => present.has(entry.key));
  const bySymbol = Map.groupBy(disagreements, (entry) => entry.symbol);
  let adopted = false;
  for (const [symbol, ofSymbol] of bySymbol) {
    const action = symbol === null ? await reconcileIncome(deps, ofSymbol) : await reconcileSymbol(deps, { symbol, disagreements: ofSymbol, positions, risk, income });
    adopted ||= action === 'adopt';
  }
  // After an adoption the next sync compares anew, the sums of the account too.
  if (adopted) return;
  for (const disagreement of disagreements) await raiseIncident(deps, disagreementIncident(disagreement, asOf));
}

/** Sums over fills follow the venue's income: a fill that the venue never told of has moved it all the same. */
function reconcileIncome(deps: EngineDeps, disagreements: readonly StandingDisagreement[]): Promise<'wait' | 'adopt' | 'adjust'> {
  return deps.step('adopt.book-fills', () => deps.store.transact(async (tx) => {
    const now = deps.clock.now();
    const { risk, income } = await tx.get({ risk: { collection: RISK_STATE, id: RISK_STATE_ID }, income: { collection: INCOME_STATE, id: INCOME_STATE_ID } });
    if (risk === null || income === null) return 'wait';
    const present = compareIncome(risk, income, now).disagreements;
    const lasting = disagreements.filter((entry) => present.some((other) => other.key === entry.key && other.ours === entry.ours && other.venues === entry.venues));
    if (lasting.length === 0) return 'wait';
    const step = planReconciliation({ isBusy: false, freshFills: 0, disagreements: lasting }, deps.config.runtime.reconcile.adjustAfterMinutes * 60_000, now);
    const recorded = await recordStep(tx, lasting, step);
    recorded.write();
    if (step.action !== 'adjust') return step.action;
    for (const { key, ours, venues, sinceAt, foundAt } of lasting) {
      tx.create(ADJUSTMENTS, `${reconciliationId(key, foundAt)}-${now}`, {
        summary: `${key} set to the venue's ${venues}, the ledger said ${ours}`,
        kind: 'income', symbol: null, positionSide: null, ours, venues, brokenOff: null, disagreedSinceAt: sinceAt, adjustedAt: now,
      });
    }
    tx.set(RISK_STATE, RISK_STATE_ID, { ...risk, totals: { ...risk.totals, venueRealizedPnlUsd: income.realizedPnlUsd, feesByAsset: feesOf(income) } });
    deps.log.ledgerAdjusted('income', step.detail);
    return 'adjust';
  }));
}

function feesOf({ commissionByAsset }: IncomeState): RiskState['totals']['feesByAsset'] {
  return Object.fromEntries(Object.entries(commissionByAsset).map(([asset, amount]) => [asset, text(decimal(amount).neg())]));
}
