/**
 * Reservations of `state/risk`: approved and not yet filled. Approval and reservation are one transaction, a fill moves
 * quantity from reservation to exposure in one commit, a terminal intent releases the rest. Each function is
 * idempotent against what it finds: an unknown intent changes nothing.
 */
import { decimal, isPositive, text } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import type { OpenExposure, Reservation, RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs, PositionSide } from '../../schema/scalars.ts';
import type { ProposedOrder } from './proposed-order.ts';

/** What a reservation says of its intent besides the order. */
export interface ReservationOwner {
  readonly tier: string;
  /** Null when no signal is behind it. */
  readonly strategy: string | null;
}

/** Reserves an approved order, replacing an earlier reservation of the same intent. */
export function reserve(state: RiskState, order: ProposedOrder, { tier, strategy }: ReservationOwner, asOf: EpochMs): RiskState {
  const { intentId, symbol, positionSide, side, purpose, qty, price } = order;
  const reservation: Reservation = { intentId, symbol, positionSide, tier, strategy, side, purpose, qty, price, reservedAt: asOf };
  return { ...state, reservations: { ...state.reservations, [intentId]: reservation } };
}

/** Takes what has filled out of the reservation; gone when nothing is left. */
export function shrinkReservation(state: RiskState, intentId: string, filledQty: Decimal): RiskState {
  const reservation = state.reservations[intentId];
  if (reservation === undefined) return state;
  const left = decimal(reservation.qty).minus(filledQty);
  if (!isPositive(left)) return release(state, intentId);
  return { ...state, reservations: { ...state.reservations, [intentId]: { ...reservation, qty: text(left) } } };
}

/** Ends the reservation of an intent that is terminal. */
export function release(state: RiskState, intentId: string): RiskState {
  if (state.reservations[intentId] === undefined) return state;
  const { [intentId]: _released, ...others } = state.reservations;
  return { ...state, reservations: others };
}

/** A position of the ledger as far as exposure needs it; `PositionRecord` is one. */
export interface LedgerPosition {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  readonly tier: string;
  readonly qty: string;
  readonly averageEntryPrice: string;
  readonly strategy: string | null;
  /** Null when flat. */
  readonly openedAt: EpochMs | null;
}

/** Sets the exposure to what the ledger holds after a fill. The fill's price is the mark until sync has seen one. */
export function applyExposure(state: RiskState, position: LedgerPosition, fill: { readonly price: string; readonly filledAt: EpochMs }): RiskState {
  const { symbol, positionSide, tier, qty, averageEntryPrice, strategy } = position;
  const key = `${symbol}-${positionSide}`;
  const before = state.exposures[key];
  if (!isPositive(decimal(qty))) {
    const { [key]: _flat, ...others } = state.exposures;
    return { ...state, exposures: others };
  }
  const exposure: OpenExposure = {
    symbol, positionSide, tier, qty, averageEntryPrice, strategy,
    openedAt: position.openedAt ?? fill.filledAt,
    markPrice: before?.markPrice ?? fill.price,
    markAt: before?.markAt ?? fill.filledAt,
  };
  return { ...state, exposures: { ...state.exposures, [key]: exposure } };
}
