/** Sets a symbol's ledger to the venue's figure where nothing explains the difference, each side under a record of its own. */
import type { VenuePosition } from '../../domain/account/account.ts';
import { adjustPosition, brokenOff } from '../../domain/ledger/adjust-position.ts';
import type { PositionSides } from '../../domain/ledger/book-on-sides.ts';
import { text } from '../../domain/money/decimal.ts';
import { applyExposure } from '../../domain/risk/reservations.ts';
import type { Transaction } from '../../ports/store.ts';
import { ADJUSTMENTS } from '../../schema/records/adjustment.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import { POSITIONS, positionKey } from '../../schema/records/position.ts';
import type { StandingDisagreement } from '../../schema/records/positions-state.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';

/** What a sync found, and the readings it found it in. */
export interface SymbolDifference {
  readonly symbol: string;
  readonly disagreements: readonly StandingDisagreement[];
  readonly positions: readonly VenuePosition[];
  readonly risk: RiskState;
  readonly income: IncomeState;
}

/** The positions are those of the caller's transaction; `difference.risk` too, and the disagreements as it still finds them. */
export function adjust(deps: EngineDeps, tx: Transaction, difference: SymbolDifference, positions: PositionSides, now: EpochMs): void {
  const { symbol, disagreements, positions: venuePositions } = difference;
  let { risk } = difference;
  for (const { key, ours, venues, sinceAt } of disagreements) {
    const positionSide = key === positionKey(symbol, 'long') ? 'long' : 'short';
    const before = positions[positionSide];
    const venue = venuePositions.find((held) => held.symbol === symbol && held.positionSide === positionSide) ?? null;
    const after = adjustPosition(before, { symbol, positionSide, tier: deps.limits.forSymbol(symbol).tier ?? 'none' }, venue, sinceAt);
    tx.set(POSITIONS, key, after);
    tx.create(ADJUSTMENTS, `${key}-${now}`, {
      summary: `${key} set to the venue's ${venues}, the ledger said ${ours}`,
      kind: 'position', symbol, positionSide, ours, venues,
      brokenOff: brokenOff(before === null ? null : before.roundTrip),
      disagreedSinceAt: sinceAt,
      adjustedAt: now,
    });
    risk = applyExposure(risk, after, { price: venue === null ? after.averageEntryPrice : text(venue.markPrice), filledAt: sinceAt });
  }
  tx.set(RISK_STATE, RISK_STATE_ID, risk);
}
