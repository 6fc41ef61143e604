/**
 * What a sync does about every difference it found. Those of positions are settled symbol by symbol; sums of the account
 * that stay different follow the venue's income once nothing else explains them. What remains is an incident.
 */
import type { VenuePosition } from '../../domain/account/account.ts';
import type { Comparison } from '../../domain/account/compare-ledger.ts';
import { asFound } from '../../domain/reconcile/as-found.ts';
import type { Transaction } from '../../ports/store.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { disagreementIncident, raiseIncident } from '../incidents.ts';
import { reconcileIncome } from './reconcile-income.ts';
import { reconcileSymbol } from './reconcile-symbol.ts';
import { readPresent } from './record-reconciliation.ts';

/** Work that has begun since the comparison may be the explanation; the next sync sees it. Not for ever. */
const BUSY_MS = 120_000;

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
  const busy = new Set<string | null>();
  for (const [symbol, ofSymbol] of bySymbol) {
    if (symbol === null) continue;
    const action = await reconcileSymbol(deps, { symbol, disagreements: ofSymbol, positions, risk, income });
    adopted ||= action === 'adopt';
    if (action === 'busy' && ofSymbol.every((entry) => asOf - entry.foundAt < BUSY_MS)) busy.add(symbol).add(null);
  }
  const sums = bySymbol.get(null);
  // A position that differs has trades that will move the sums too: they come first.
  if (sums !== undefined && bySymbol.size === 1) adopted = (await reconcileIncome(deps, { disagreements: sums, risk, income })) === 'adopt';
  // After an adoption the next sync compares anew, the sums of the account too.
  if (adopted) return;
  for (const disagreement of disagreements.filter((entry) => !busy.has(entry.symbol))) {
    const isStill = async (tx: Pick<Transaction, 'get'>): Promise<boolean> => asFound([disagreement], await readPresent(tx), deps.clock.now()).length > 0;
    await raiseIncident(deps, disagreementIncident(disagreement, asOf), isStill);
  }
}
