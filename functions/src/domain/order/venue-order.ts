import type { Price, Qty, Usd } from '../money/units.ts';
import type { Decimal } from '../money/decimal.ts';
import type { EpochMs, PositionSide, Side } from '../../schema/scalars.ts';

/** Where an order is at the venue. `expired` covers IOC remainders and post-only refusals after acceptance. */
export type VenueOrderStatus = 'new' | 'partiallyFilled' | 'filled' | 'canceled' | 'expired' | 'rejected';

/**
 * What we ask of the venue, in terms of exposure. `reducing` orders can only shrink the position side; the adapter
 * turns that into the payload of the account's position mode.
 */
export type OrderRequest = {
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly reducing: boolean;
  readonly qty: Qty;
  /**
   * When the attempt was armed, signed as the request's timestamp however late it is sent: the venue refuses it once
   * its receive window has passed, so a stalled sender can never place an order after its absence was proven.
   */
  readonly armedAt: EpochMs;
} & (
  | { readonly type: 'limit'; readonly price: Price; readonly timeInForce: 'GTX' | 'IOC' | 'GTC' }
  | { readonly type: 'market' }
);

export interface VenueOrder {
  readonly clientOrderId: string;
  readonly venueOrderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly type: string;
  readonly status: VenueOrderStatus;
  readonly qty: Qty;
  readonly price: Price | null;
  readonly executedQty: Qty;
  readonly averagePrice: Price | null;
  readonly updatedAt: EpochMs;
}

export interface VenueFill {
  readonly tradeId: string;
  readonly venueOrderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly qty: Qty;
  readonly price: Price;
  readonly feeAmount: Decimal;
  readonly feeAsset: string;
  /** The venue's own realised PnL (average entry), before fees. */
  readonly realizedPnl: Usd;
  readonly isMaker: boolean;
  readonly filledAt: EpochMs;
}

/** What became of a mutation. Anything the adapter cannot prove is `ambiguous`. */
export type VenueOutcome =
  | { readonly kind: 'accepted'; readonly order: VenueOrder }
  | {
      readonly kind: 'rejected';
      readonly code: RejectCode;
      readonly venueCode: string;
      readonly message: string;
    }
  /** Certainly not placed and worth another try later: throttled, not sent, clock skew. */
  | { readonly kind: 'notPlaced'; readonly cause: string; readonly retryAfterMs: number }
  | { readonly kind: 'ambiguous'; readonly cause: string }
  | { readonly kind: 'refusedByWriteGate'; readonly reason: string };

/** What sending an armed attempt came to: the venue was not asked when an operator had stopped it meanwhile. */
export type PlacementOutcome = VenueOutcome | { readonly kind: 'refusedByOperator'; readonly reason: string };

/** The venue's refusals by what the engine does about them. */
export type RejectCode =
  | 'wouldTake'
  | 'insufficientMargin'
  | 'reduceRejected'
  | 'filter'
  | 'symbolNotTrading'
  | 'duplicateClientOrderId'
  | 'positionModeMismatch'
  | 'tooManyOrders'
  | 'leverageLimit'
  /** A stop whose trigger the mark price has already reached: close by market instead. */
  | 'wouldTrigger'
  /** A stop for a position that is not held. */
  | 'positionMissing'
  /** Another stop of the kind already rests for this position side. */
  | 'stopExists'
  | 'auth'
  | 'permission'
  | 'other';

export type CancelOutcome =
  | { readonly kind: 'canceled'; readonly order: VenueOrder }
  /** The venue does not know an open order of this id: it may have filled, ended or never existed. Look it up. */
  | { readonly kind: 'unknownOrder' }
  | { readonly kind: 'ambiguous'; readonly cause: string }
  | { readonly kind: 'refusedByWriteGate'; readonly reason: string };
