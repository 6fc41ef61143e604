/**
 * Books funding, which the venue tells per symbol, on the round trips it was paid for.
 *
 * 1. It belongs to the side that was open at the row's time; told of after the close, to the trade that was closed.
 * 2. With both sides open in hedge mode long pays what short receives, so a row R with quantities L and S is R L/(L-S) for
 *    the long leg and the exact rest for the short one. Quantities are today's for an open side and all that was ever
 *    opened for a closed one: exact as long as they stand still around the payment.
 * 3. What finds no position is told as unassigned. The shares and that are the row, to the last digit.
 */
import type { Decimal } from '../money/decimal.ts';
import { ZERO, decimal, divide, isZero } from '../money/decimal.ts';
import { plusText } from '../money/plus-text.ts';
import type { PositionRecord } from '../../schema/records/position.ts';
import type { EpochMs, PositionSide } from '../../schema/scalars.ts';
import type { PositionSides } from './book-on-sides.ts';

/** Decimals of a leg's share. */
const SHARE_PLACES = 12;
/** The venue stamps a payment up to seconds after the moment it looked at positions. */
const STAMP_GRACE_MS = 60_000;

export interface FundingPayment {
  readonly symbol: string | null;
  readonly amountUsd: Decimal;
  readonly at: EpochMs;
}

export interface BookedFunding {
  readonly positions: PositionSides;
  /** What is to be added to trades that are closed already, by their id. */
  readonly byTradeId: ReadonlyMap<string, Decimal>;
  readonly unassignedUsd: Decimal;
}

interface Leg {
  readonly side: PositionSide;
  readonly qty: Decimal;
  /** Null: the round trip is still under way. */
  readonly tradeId: string | null;
}

/** All payments are of one symbol. */
export function bookFunding(before: PositionSides, payments: readonly FundingPayment[]): BookedFunding {
  const positions = { ...before };
  const byTradeId = new Map<string, Decimal>();
  let unassignedUsd = ZERO;
  for (const { amountUsd, at } of payments) {
    const legs = (['long', 'short'] as const).flatMap((side) => legAt(positions[side], side, at));
    if (legs.length === 0) unassignedUsd = unassignedUsd.plus(amountUsd);
    for (const { leg, amount } of shares(legs, amountUsd)) {
      const position = positions[leg.side];
      if (leg.tradeId !== null) byTradeId.set(leg.tradeId, (byTradeId.get(leg.tradeId) ?? ZERO).plus(amount));
      else if (position !== null && position.roundTrip !== null) {
        positions[leg.side] = { ...position, roundTrip: { ...position.roundTrip, fundingUsd: plusText(position.roundTrip.fundingUsd, amount) } };
      }
    }
  }
  return { positions, byTradeId, unassignedUsd };
}

function legAt(position: PositionRecord | null, side: PositionSide, at: EpochMs): readonly Leg[] {
  if (position === null) return [];
  const { roundTrip, lastTrip } = position;
  if (roundTrip !== null && roundTrip.openedAt <= at) return [{ side, qty: decimal(position.qty), tradeId: null }];
  const wasOpen = lastTrip !== null && lastTrip.openedAt <= at && at <= lastTrip.closedAt + STAMP_GRACE_MS;
  return wasOpen ? [{ side, qty: decimal(lastTrip.openingQty), tradeId: lastTrip.tradeId }] : [];
}

function shares(legs: readonly Leg[], amountUsd: Decimal): readonly { readonly leg: Leg; readonly amount: Decimal }[] {
  const [first, second] = legs;
  if (first === undefined) return [];
  if (second === undefined) return [{ leg: first, amount: amountUsd }];
  const net = first.qty.minus(second.qty);
  // Equal legs pay nothing together; a row all the same is of a moment when they were not, and stays whole.
  const ofFirst = isZero(net) ? amountUsd : divide(amountUsd.times(first.qty), net, SHARE_PLACES, 'half-even');
  return [
    { leg: first, amount: ofFirst },
    { leg: second, amount: amountUsd.minus(ofFirst) },
  ];
}
