/**
 * Settles sums of the account that the venue tells differently while every position agrees: fees and realised PnL. A
 * position that was opened and closed without us between two syncs leaves nothing else, so the trades of every symbol are
 * looked through; only when all could be read and none explains it, or some could not be read for hours, do the sums
 * follow the venue's income.
 */
import { decimal, text } from '../../domain/money/decimal.ts';
import { asFound } from '../../domain/reconcile/as-found.ts';
import { planReconciliation } from '../../domain/reconcile/plan-reconciliation.ts';
import { ADJUSTMENTS } from '../../schema/records/adjustment.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { StandingDisagreement } from '../../schema/records/positions-state.ts';
import { reconciliationId } from '../../schema/records/reconciliation.ts';
import type { ReconciliationStep } from '../../schema/records/reconciliation.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { NEAR_LOOKS_MS, bookForeign, readForeign, tellBooked, whereToLook } from './foreign-trades.ts';
import type { ForeignTrades } from './foreign-trades.ts';
import { knownTrades, positionMode, readPositions } from '../ledger/ledger-records.ts';
import { readPresent, recordStep } from './record-reconciliation.ts';

export interface SumsDifference {
  readonly disagreements: readonly StandingDisagreement[];
  readonly risk: RiskState;
  readonly income: IncomeState;
}

/** So many times the usual wait while trades cannot be read. */
const UNREADABLE_TIMES = 8;

type Action = ReconciliationStep['action'];

export async function reconcileIncome(deps: EngineDeps, difference: SumsDifference): Promise<Action> {
  const now = deps.clock.now();
  const sinceAt = Math.max(...difference.disagreements.map((entry) => entry.sinceAt));
  // Sums stand while they cannot be compared: what was found long ago may be another difference by now.
  const isNew = now - sinceAt < NEAR_LOOKS_MS;
  const isDue = now - sinceAt >= adjustAfterMs(deps);
  // A reading of every symbol costs: when the amounts are found, and before anything is set right without an explanation.
  if (!isNew && !isDue) return 'wait';
  const adopted = await adoptEverywhere(deps, difference);
  // One symbol whose trades can never be read, such as a delisted one, must not keep entries out for ever.
  const isStuck = adopted === 'wait' && now - sinceAt >= UNREADABLE_TIMES * adjustAfterMs(deps);
  if (adopted !== 'none' && !isStuck) return adopted;
  return adjustSums(deps, difference.disagreements);
}

const adjustAfterMs = ({ config }: EngineDeps): number => config.runtime.reconcile.adjustAfterMinutes * 60_000;

/** `wait` when one symbol's trades could not be read or not be booked now: nothing may be concluded from the others'. */
async function adoptEverywhere(deps: EngineDeps, difference: SumsDifference): Promise<'adopt' | 'wait' | 'none'> {
  const symbols = new Set([...deps.config.universe.symbols.map((entry) => entry.symbol), ...Object.keys(difference.risk.lastFillAtBySymbol)]);
  let found: 'adopt' | 'wait' | 'none' = 'none';
  for (const symbol of symbols) {
    const report = await readForeign(deps, symbol, whereToLook({ ...difference, symbol }, deps.clock.now()));
    if (report !== null && report.fills.length === 0) continue;
    const isBooked = report !== null && (await adopt(deps, symbol, difference.disagreements, report));
    if (isBooked) found = 'adopt';
    else if (found === 'none') found = 'wait';
  }
  return found;
}

/** False when the symbol is being worked on again, or somebody else has booked them. */
async function adopt(deps: EngineDeps, symbol: string, disagreements: readonly StandingDisagreement[], report: ForeignTrades): Promise<boolean> {
  const booked = await deps.step('adopt.book-fills', () => deps.store.transact(async (tx) => {
    const now = deps.clock.now();
    const present = await readPresent(tx);
    const { risk } = present;
    const positions = await readPositions(tx, symbol);
    const mode = await positionMode(deps, tx);
    const known = await knownTrades(tx, symbol, report.fills);
    const fresh = report.fills.filter((fill) => !known.has(fill.tradeId));
    const isBusy = mode === null || Object.values(risk.reservations).some((entry) => entry.symbol === symbol);
    if (isBusy || fresh.length === 0) return null;
    const recorded = await recordStep(tx, disagreements, present, planReconciliation({ isBusy, freshFills: fresh.length, disagreements }, adjustAfterMs(deps), now));
    recorded.write();
    return bookForeign(deps, tx, { symbol, positions, risk, mode }, report, known, now);
  }));
  if (booked === null) return false;
  await tellBooked(deps, symbol, booked, report.origins);
  return true;
}

/** Sums over fills follow the venue's income: a fill that the venue never told of has moved it all the same. */
function adjustSums(deps: EngineDeps, disagreements: readonly StandingDisagreement[]): Promise<Action> {
  return deps.step('adopt.book-fills', () => deps.store.transact(async (tx) => {
    const now = deps.clock.now();
    const present = await readPresent(tx);
    const { risk, income } = present;
    const lasting = asFound(disagreements, present, now);
    if (income === null || lasting.length === 0) return 'wait';
    const step = planReconciliation({ isBusy: false, freshFills: 0, disagreements: lasting }, adjustAfterMs(deps), now);
    const recorded = await recordStep(tx, lasting, present, step);
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
