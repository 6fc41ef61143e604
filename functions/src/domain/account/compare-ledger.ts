/**
 * Whether our ledger and the venue agree. A position side with work in flight cannot be compared: its fills may be
 * at the venue and not yet booked. Unknown is reported as null, never as agreement.
 */
import { ZERO, decimal, text } from '../money/decimal.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { VenuePosition } from './account.ts';

export interface Disagreement {
  readonly key: string;
  readonly symbol: string | null;
  readonly ours: string;
  readonly venues: string;
}

export interface Comparison {
  /** False with at least one disagreement, null when something could not be compared and the rest agrees. */
  readonly agrees: boolean | null;
  readonly disagreements: readonly Disagreement[];
}

export function comparePositions(risk: RiskState, positions: readonly VenuePosition[]): Comparison {
  const venue = new Map(positions.map((position) => [positionKey(position.symbol, position.positionSide), position]));
  const inFlight = new Set(Object.values(risk.reservations).map((entry) => positionKey(entry.symbol, entry.positionSide)));
  const disagreements: Disagreement[] = [];
  for (const key of new Set([...venue.keys(), ...Object.keys(risk.exposures)])) {
    if (inFlight.has(key)) continue;
    const ours = decimal(risk.exposures[key]?.qty ?? '0');
    const theirs = venue.get(key)?.qty ?? ZERO;
    if (ours.eq(theirs)) continue;
    const symbol = venue.get(key)?.symbol ?? risk.exposures[key]?.symbol ?? null;
    disagreements.push({ key, symbol, ours: `quantity ${text(ours)}`, venues: `quantity ${text(theirs)}` });
  }
  return summed(disagreements, inFlight.size > 0);
}

/** Fees and realised PnL of all fills against the venue's income; income may lag, so the caller waits for quiet. */
export function compareIncome(risk: RiskState, income: IncomeState): Comparison {
  if (Object.keys(risk.reservations).length > 0) return { agrees: null, disagreements: [] };
  const rows = [
    { key: 'fees', ours: decimal(risk.totals.feesUsd), venues: decimal(income.commissionUsd).neg() },
    { key: 'realizedPnl', ours: decimal(risk.totals.venueRealizedPnlUsd), venues: decimal(income.realizedPnlUsd) },
  ];
  const disagreements = rows
    .filter((row) => !row.ours.eq(row.venues))
    .map((row) => ({ key: row.key, symbol: null, ours: `${text(row.ours)} USD`, venues: `${text(row.venues)} USD` }));
  return summed(disagreements, false);
}

export function bothAgree(a: Comparison, b: Comparison): Comparison {
  return {
    disagreements: [...a.disagreements, ...b.disagreements],
    agrees: a.agrees === false || b.agrees === false ? false : a.agrees === null || b.agrees === null ? null : true,
  };
}

function summed(disagreements: readonly Disagreement[], incomplete: boolean): Comparison {
  return { disagreements, agrees: disagreements.length > 0 ? false : incomplete ? null : true };
}
