import { text } from '../money/decimal.ts';
import type { Quote } from '../market/market.ts';
import { touch } from '../order/build-attempt.ts';
import type { Observed } from '../risk/observed.ts';
import type { ProposedOrder } from '../risk/proposed-order.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';

/** An intent as the gate sees it now: at the price a taker would meet, since that is the dearest way it may be worked. */
export function proposedOrder(intent: IntentRecord, quote: Observed<Quote>): ProposedOrder {
  const { intentId, symbol, side, positionSide, purpose, qty, leverage, signal } = intent;
  return {
    intentId,
    symbol,
    side,
    positionSide,
    purpose,
    qty,
    price: quote.kind === 'found' ? text(touch(side, quote.value)) : intent.referencePrice,
    leverage,
    strategy: signal?.strategy ?? null,
    signalAt: signal?.candleCloseAt ?? null,
    expectedEdgeBps: null,
  };
}
