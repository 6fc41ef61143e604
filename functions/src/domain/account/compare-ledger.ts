/**
 * Whether our ledger and the venue agree. A position side in motion cannot be compared: its fills may be at the venue and not
 * yet booked, or booked and not yet in the venue's position. Unknown is reported as null, never as agreement.
 */
import { ZERO, decimal, text } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import type { Tally } from '../money/tally.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { VenuePosition } from './account.ts';
import { mayLag } from './position-lag.ts';

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

export function comparePositions(risk: RiskState, positions: readonly VenuePosition[], asOf: EpochMs): Comparison {
  const venue = new Map(positions.map((position) => [positionKey(position.symbol, position.positionSide), position]));
  const inMotion = keysInMotion(risk, asOf);
  const disagreements: Disagreement[] = [];
  for (const key of new Set([...venue.keys(), ...Object.keys(risk.exposures)])) {
    if (inMotion.has(key)) continue;
    const ours = quantityInLedger(risk, key);
    const venues = quantity(venue.get(key)?.qty ?? ZERO);
    if (ours === venues) continue;
    const symbol = venue.get(key)?.symbol ?? risk.exposures[key]?.symbol ?? null;
    disagreements.push({ key, symbol, ours, venues });
  }
  return summed(disagreements, inMotion.size > 0);
}

/** As a disagreement tells it, so that the two can be compared. No exposure is a position of nothing. */
export function quantityInLedger(risk: RiskState, key: string): string {
  return quantity(decimal(risk.exposures[key]?.qty ?? '0'));
}

/** Plain and without trailing zeros: equal quantities have equal texts. */
const quantity = (qty: Decimal): string => `quantity ${text(qty)}`;

/** Position sides with work under way or a fill of this moment. */
export function keysInMotion(risk: RiskState, asOf: EpochMs): ReadonlySet<string> {
  const filled = Object.keys(risk.lastFillAtBySymbol).filter((symbol) => mayLag(risk, symbol, asOf));
  return new Set([
    ...Object.values(risk.reservations).map((entry) => positionKey(entry.symbol, entry.positionSide)),
    ...filled.flatMap((symbol) => [positionKey(symbol, 'long'), positionKey(symbol, 'short')]),
  ]);
}

/** The venue's income follows its fills by seconds, at times by a minute. */
const INCOME_LAG_MS = 120_000;

/**
 * Fees by asset and realised PnL of all fills against the venue's income. Null while work is in flight or a fill is so
 * recent that its income may not have been published.
 */
export function compareIncome(risk: RiskState, income: IncomeState, asOf: EpochMs): Comparison {
  if (!isIncomeTold(risk, asOf)) return { agrees: null, disagreements: [] };
  const { feesByAsset, venueRealizedPnlUsd } = risk.totals;
  const fees = [...new Set([...Object.keys(feesByAsset), ...Object.keys(income.commissionByAsset)])].map((asset) => ({
    key: `fees in ${asset}`,
    unit: asset,
    ours: amountOf(feesByAsset, asset),
    venues: amountOf(income.commissionByAsset, asset).neg(),
  }));
  const realized = { key: 'realizedPnl', unit: 'USD', ours: decimal(venueRealizedPnlUsd), venues: decimal(income.realizedPnlUsd) };
  const disagreements = [...fees, realized]
    .filter((row) => !row.ours.eq(row.venues))
    .map(({ key, unit, ours, venues }) => ({ key, symbol: null, ours: `${text(ours)} ${unit}`, venues: `${text(venues)} ${unit}` }));
  return summed(disagreements, false);
}

/** Nothing is under way, and the last fill is so old that its income must have been published. */
export function isIncomeTold(risk: RiskState, asOf: EpochMs): boolean {
  const isRecent = Object.values(risk.lastFillAtBySymbol).some((at) => asOf - at < INCOME_LAG_MS);
  return !isRecent && Object.keys(risk.reservations).length === 0;
}

/** An asset that no fee was ever paid in has none, and that is known. */
function amountOf(tally: Tally, asset: string): Decimal {
  const amount = tally[asset];
  return amount === undefined ? ZERO : decimal(amount);
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
