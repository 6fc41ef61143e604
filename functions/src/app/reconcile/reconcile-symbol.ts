/**
 * Settles what the venue tells differently about one symbol's positions: trades made without us are booked, be it a stop
 * that fired, a liquidation or an order by hand; what no trade explains for long is set to the venue's figure. The plan
 * is pure; reading for it, carrying it out and recording it are one transaction.
 */
import { asFound } from '../../domain/reconcile/as-found.ts';
import { planReconciliation } from '../../domain/reconcile/plan-reconciliation.ts';
import type { Transaction } from '../../ports/store.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { ReconciliationStep } from '../../schema/records/reconciliation.ts';
import { adjust } from './adjust.ts';
import type { SymbolDifference } from './adjust.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { bookForeign, readForeign, tellBooked, whereToLook } from './foreign-trades.ts';
import type { BookedForeign, ForeignTrades } from './foreign-trades.ts';
import { knownTrades, positionMode, readPositions } from '../ledger/ledger-records.ts';
import { readPresent, recordStep } from './record-reconciliation.ts';

const MINUTE_MS = 60_000;

/** What was done; `wait` also when the venue could not be asked, `busy` when work of ours has begun there since or another sync has settled it. */
export async function reconcileSymbol(deps: EngineDeps, difference: SymbolDifference): Promise<ReconciliationStep['action'] | 'busy'> {
  const { symbol, disagreements, risk, income } = difference;
  const report = await readForeign(deps, symbol, whereToLook({ symbol, disagreements, risk, income }, deps.clock.now()));
  if (report === null) return 'wait';
  const { step, booked, isBusy } = await deps.step('adopt.book-fills', () => deps.store.transact((tx) => apply(deps, tx, difference, report)));
  if (step.action === 'adjust') deps.log.ledgerAdjusted(symbol, step.detail);
  if (booked !== null) await tellBooked(deps, symbol, booked, report.origins);
  return isBusy ? 'busy' : step.action;
}

interface Applied {
  readonly isBusy: boolean;
  readonly step: ReconciliationStep;
  readonly booked: BookedForeign | null;
}

async function apply(deps: EngineDeps, tx: Transaction, difference: SymbolDifference, report: ForeignTrades): Promise<Applied> {
  const { symbol } = difference;
  const now = deps.clock.now();
  const present = await readPresent(tx);
  const { risk } = present;
  const disagreements = asFound(difference.disagreements, present, now);
  const positions = await readPositions(tx, symbol);
  const mode = await positionMode(deps, tx);
  const busy = new Set(Object.values(risk.reservations).filter((entry) => entry.symbol === symbol).map((entry) => entry.positionSide));
  // True as well when none of them still is as it was found.
  const isBusy = mode === null || (mode === 'oneWay' && busy.size > 0) || disagreements.every(({ key }) => [...busy].some((side) => key === positionKey(symbol, side)));
  // Work that began meanwhile books its own fills.
  const fills = report.fills.filter((fill) => !busy.has(fill.positionSide));
  const known = await knownTrades(tx, symbol, fills);
  const freshFills = new Set(fills.map((fill) => fill.tradeId).filter((id) => !known.has(id))).size;
  const step = planReconciliation({ isBusy, freshFills, disagreements }, deps.config.runtime.reconcile.adjustAfterMinutes * MINUTE_MS, now);
  const recorded = await recordStep(tx, disagreements, present, step);
  recorded.write();
  if (step.action === 'adjust') adjust(deps, tx, { ...difference, disagreements, risk }, positions, now);
  if (step.action !== 'adopt' || mode === null) return { step, isBusy, booked: null };
  return { step, isBusy, booked: bookForeign(deps, tx, { symbol, positions, risk, mode }, { ...report, fills }, known, now) };
}
