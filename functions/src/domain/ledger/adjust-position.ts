/**
 * Sets a position side to what the venue says of it. Nothing is realised by it, for nobody knows at which price: the
 * round trip is broken off, what it had earned and paid stays with the position as stray, and no trade is written.
 */
import type { VenuePosition } from '../account/account.ts';
import { ZERO, decimal, isZero, text } from '../money/decimal.ts';
import { plusText } from '../money/plus-text.ts';
import type { AdjustmentRecord } from '../../schema/records/adjustment.ts';
import type { PositionRecord, RoundTrip } from '../../schema/records/position.ts';
import type { EpochMs, PositionSide } from '../../schema/scalars.ts';
import { flatPosition } from './book-fill.ts';
import { opened } from './round-trip.ts';

export interface AdjustedSide {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  readonly tier: string;
}

/** `untilAt`: since when the venue's figure has stood still; trades up to then are in it. */
export function adjustPosition(before: PositionRecord | null, side: AdjustedSide, venue: VenuePosition | null, untilAt: EpochMs): PositionRecord {
  const position = before ?? flatPosition(side.symbol, side.positionSide, { tier: side.tier, strategy: null });
  const broken = { ...position, stray: withTrip(position), roundTrip: null, adjustedAt: untilAt };
  if (venue === null || isZero(venue.qty)) return { ...broken, lots: [], qty: '0', averageEntryPrice: '0', openedAt: null };
  const [qty, price] = [text(venue.qty), text(venue.entryPrice)];
  const wasOpen = position.openedAt !== null;
  const openedAt = position.openedAt ?? untilAt;
  return {
    ...broken,
    strategy: wasOpen ? position.strategy : null,
    lots: [{ qty, price, openedAt }],
    qty,
    averageEntryPrice: price,
    openedAt,
    roundTrip: opened(null, {
      id: `adjustment-${untilAt}`, intentId: null, qty: venue.qty, price: venue.entryPrice, feeUsd: ZERO, realizedPnlUsd: ZERO, at: openedAt,
    }),
  };
}

function withTrip({ stray, roundTrip }: PositionRecord): PositionRecord['stray'] {
  if (roundTrip === null) return stray;
  return {
    realizedPnlUsd: plusText(stray.realizedPnlUsd, decimal(roundTrip.realizedPnlUsd)),
    feesUsd: plusText(stray.feesUsd, decimal(roundTrip.feesUsd)),
    fundingUsd: plusText(stray.fundingUsd, decimal(roundTrip.fundingUsd)),
  };
}

/** What an adjustment breaks off. */
export function brokenOff(trip: RoundTrip | null): AdjustmentRecord['brokenOff'] {
  if (trip === null) return null;
  const { realizedPnlUsd, feesUsd, fundingUsd, openedAt } = trip;
  return { realizedPnlUsd, feesUsd, fundingUsd, openedAt };
}
