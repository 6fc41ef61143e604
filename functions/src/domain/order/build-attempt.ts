/** Prices and quantizes one attempt. Refuses, with the reason, what the venue would refuse. */
import type { Decimal } from '../money/decimal.ts';
import { decimal, decimalOfStatistic, divide, isPositive, max, min, text } from '../money/decimal.ts';
import { quantizePriceProtective, quantizeQtyDown } from '../money/quantize.ts';
import type { Price, Qty } from '../money/units.ts';
import { clientOrderId } from '../identity/derived-id.ts';
import { isExiting } from '../intent/is-exiting.ts';
import type { Instrument } from '../market/instrument.ts';
import type { Quote } from '../market/market.ts';
import { approvedPolicy } from '../routing/approved-policy.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { RoutingRules } from './routing-rules.ts';

/** Of a basis point, below which a learned offset is cut. */
const OFFSET_PLACES = 4;

export type BuiltAttempt =
  | { readonly kind: 'built'; readonly order: OrderRecord }
  | { readonly kind: 'unbuildable'; readonly reason: string };

export interface AttemptTerms {
  /** As planned; an intent that has become urgent since then takes. */
  readonly leg: OrderRecord['leg'];
  readonly slice: number;
  /** What is to be filled by it, before it is brought to the venue's grid. */
  readonly wanted: Decimal;
}

export function buildAttempt(
  intent: IntentRecord,
  { leg: planned, slice, wanted }: AttemptTerms,
  instrument: Instrument,
  quote: Quote,
  now: EpochMs,
  rules: RoutingRules,
): BuiltAttempt {
  const leg = intent.isUrgent ? 'taker' : planned;
  const shape = orderShape(intent, leg, instrument, quote, rules);
  const cap = shape.type === 'market' ? instrument.marketMaxQty : instrument.maxQty;
  const qty = quantizeQtyDown(min(wanted, cap), instrument.stepSize);
  const reason = refusalOf(intent, qty, shape.price, instrument, quote);
  if (reason !== null) return { kind: 'unbuildable', reason };
  const attempt = intent.attempts + 1;
  return {
    kind: 'built',
    order: {
      clientOrderId: clientOrderId(intent.intentId, leg, attempt),
      intentId: intent.intentId,
      attempt,
      leg,
      slice,
      symbol: intent.symbol,
      side: intent.side,
      positionSide: intent.positionSide,
      reducing: isExiting(intent),
      type: shape.type,
      timeInForce: shape.timeInForce,
      qty: text(qty),
      price: shape.price === null ? null : text(shape.price),
      status: 'armed',
      statusReason: null,
      venueOrderId: null,
      executedQty: '0',
      bookedQty: '0',
      arrivalMid: text(midOf(quote)),
      armedAt: now,
      invalidAfterAt: now + rules.invalidAfterMs,
      restUntilAt: leg === 'maker' ? Math.min(now + rules.makerRestMs, intent.expiresAt) : null,
      retryAfterAt: null,
      ackedAt: null,
      cancelRequestedAt: null,
      terminalAt: null,
    },
  };
}

/** Why the venue would refuse it; null when it would not. Exits are free of the minimum notional there. */
function refusalOf(intent: IntentRecord, qty: Qty, price: Price | null, instrument: Instrument, quote: Quote): string | null {
  const { symbol } = intent;
  if (!isPositive(qty) || qty.lt(instrument.minQty)) {
    return `quantity ${text(qty)} of ${symbol} is below the venue's minimum ${text(instrument.minQty)}`;
  }
  if (price !== null && (!isPositive(price) || price.lt(instrument.minPrice) || price.gt(instrument.maxPrice))) {
    return `price ${text(price)} of ${symbol} is outside the venue's ${text(instrument.minPrice)} to ${text(instrument.maxPrice)}`;
  }
  const notional = qty.times(price ?? touch(intent.side, quote));
  if (!isExiting(intent) && notional.lt(instrument.minNotional)) {
    return `notional ${text(notional)} of ${symbol} is below the venue's minimum ${text(instrument.minNotional)}`;
  }
  return null;
}

interface OrderShape {
  readonly type: 'limit' | 'market';
  readonly timeInForce: 'GTX' | 'IOC' | null;
  readonly price: Price | null;
}

function orderShape(intent: IntentRecord, leg: OrderRecord['leg'], instrument: Instrument, quote: Quote, rules: RoutingRules): OrderShape {
  if (leg === 'maker') return { type: 'limit', timeInForce: 'GTX', price: makerPrice(intent, instrument, quote) };
  // An exit that a collared taker has already failed to finish goes through at any price, unless the venue has just refused that.
  const takers = intent.endedAttempts.filter((ended) => ended.leg === 'taker');
  if (isExiting(intent) && takers.some(({ status }) => status === 'expired') && takers.at(-1)?.status !== 'rejected') {
    return { type: 'market', timeInForce: null, price: null };
  }
  return { type: 'limit', timeInForce: 'IOC', price: collarPrice(intent, instrument, quote, rules) };
}

/** Joins the best price on our side, or stays behind it by what the policy says; a tick short of the other side at least. */
function makerPrice(intent: IntentRecord, { tickSize }: Instrument, quote: Quote): Price {
  const offset = decimalOfStatistic(approvedPolicy(intent).offsetBps, OFFSET_PLACES).times('0.0001');
  const wanted =
    intent.side === 'buy'
      ? min(quote.bid.minus(quote.bid.times(offset)), quote.ask.minus(tickSize))
      : max(quote.ask.plus(quote.ask.times(offset)), quote.bid.plus(tickSize));
  return quantizePriceProtective(wanted, tickSize, intent.side);
}

function collarPrice(intent: IntentRecord, { tickSize }: Instrument, quote: Quote, rules: RoutingRules): Price {
  const best = touch(intent.side, quote);
  const slack = best.times(String(rules.takerCollarBps)).times('0.0001');
  const wanted = intent.side === 'buy' ? best.plus(slack) : best.minus(slack);
  return quantizePriceProtective(wanted, tickSize, intent.side);
}

/** The price a taker meets first. */
export function touch(side: IntentRecord['side'], quote: Quote): Price {
  return side === 'buy' ? quote.ask : quote.bid;
}

export function midOf(quote: Quote): Decimal {
  return divide(quote.bid.plus(quote.ask), decimal('2'), 12, 'half-even');
}
