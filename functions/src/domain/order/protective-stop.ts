/**
 * Stops that rest at the venue and close a whole position by market order when the mark price reaches their trigger,
 * whether we are running or not. They are no orders yet: they have ids of their own, and what they trigger is an order
 * and fills of the venue's making.
 *
 * 1. A stop names no quantity: it closes whatever its position side holds at that moment, so it never needs resizing.
 * 2. The venue holds one stop of a kind per position side; another price means cancel first, then place.
 * 3. A position closed by other means leaves its stops behind: they have to be cancelled, or expire when they trigger.
 */
import type { EpochMs, PositionSide } from '../../schema/scalars.ts';
import type { Price } from '../money/units.ts';
import type { VenueOutcome } from './venue-order.ts';

/** A stop loss triggers when the mark price moves against the position to the trigger, a take profit when in favour. */
export type StopKind = 'stopLoss' | 'takeProfit';

export interface StopRequest {
  readonly clientStopId: string;
  readonly symbol: string;
  /** The position to close; the order's side follows from it. */
  readonly positionSide: PositionSide;
  readonly kind: StopKind;
  /** Mark price in the quote asset, on the tick. */
  readonly triggerPrice: Price;
  /** Signed as the request's timestamp, as for orders: past the receive window the stop can no longer appear. */
  readonly armedAt: EpochMs;
}

/** `triggered`: its order is being placed. `finished`: it was placed. `expired`: nothing was left to close. */
export type VenueStopStatus = 'working' | 'triggered' | 'finished' | 'canceled' | 'rejected' | 'expired';

/** Any conditional order of the account, whoever placed it. */
export interface VenueStop {
  readonly clientStopId: string;
  readonly venueStopId: string;
  readonly symbol: string;
  readonly positionSide: PositionSide;
  /** `other` is anything that `placeStop` would not have placed: with a quantity, trailing, at the last price, with a limit. */
  readonly kind: StopKind | 'other';
  /** Null only for kinds without one, such as trailing stops. */
  readonly triggerPrice: Price | null;
  readonly status: VenueStopStatus;
  /** The order that the trigger placed; its fills are found by this id. */
  readonly venueOrderId: string | null;
  readonly createdAt: EpochMs;
  readonly updatedAt: EpochMs;
}

/** What there is to know of a stop, from the venue's list or from our records. */
export type KnownStop = Pick<VenueStop, 'clientStopId' | 'symbol' | 'positionSide' | 'kind' | 'triggerPrice' | 'status'>;

export type StopOutcome = { readonly kind: 'accepted'; readonly stop: VenueStop } | Exclude<VenueOutcome, { kind: 'accepted' }>;

export type StopCancelOutcome =
  | { readonly kind: 'canceled' }
  /** The venue does not know a working stop of this id: it may have triggered, ended or never existed. Look it up. */
  | { readonly kind: 'unknownStop' }
  | { readonly kind: 'ambiguous'; readonly cause: string }
  | { readonly kind: 'refusedByWriteGate'; readonly reason: string };
