/** A close that no candle has asked for: an operator's, or one that config's limits of time and price demand. */
import { isOpening } from '../ledger/book-fill.ts';
import { pendingIntent } from '../intent/pending-intent.ts';
import { text } from '../money/decimal.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { SignalRecord } from '../../schema/records/verdict.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { Close } from './plan-flatten.ts';

/** Who asks, and for how long the order may be worked. */
export interface CloseOrigin {
  /** Derived, so that the same wish has the same id after any repeat. */
  readonly intentId: string;
  /** What run or request it came from. */
  readonly tickId: string;
  readonly tier: string;
  readonly signal: SignalRecord | null;
  readonly createdAt: EpochMs;
  readonly expiresAt: EpochMs;
  /** Stands in for a stop, which would have been a market order. */
  readonly isUrgent: boolean;
}

export function closeIntent({ symbol, positionSide, qty, markPrice }: Close, { intentId, isUrgent, ...origin }: CloseOrigin): IntentRecord {
  const order = {
    intentId,
    symbol,
    side: isOpening('buy', positionSide) ? ('sell' as const) : ('buy' as const),
    positionSide,
    strategy: origin.signal?.strategy ?? null,
    purpose: 'close' as const,
    qty: text(qty),
    price: text(markPrice),
    leverage: 1,
    signalAt: null,
    expectedEdgeBps: null,
  };
  return { ...pendingIntent(order, { ...origin, sizing: null }), isUrgent };
}
