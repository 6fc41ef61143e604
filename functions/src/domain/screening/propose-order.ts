/** The order a wish amounts to: its exact size, its price at the touch, its id. Or why there is none. */
import { intentId, outsideIntentId } from '../identity/derived-id.ts';
import type { Candle, Quote } from '../market/market.ts';
import { text } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import { asPrice } from '../money/units.ts';
import type { Price } from '../money/units.ts';
import { isOpening } from '../ledger/book-fill.ts';
import { touch } from '../order/build-attempt.ts';
import { readExposure } from '../risk/exposure.ts';
import type { ProposedOrder } from '../risk/proposed-order.ts';
import type { Snapshot } from '../risk/snapshot.ts';
import type { SizeMultiplier } from '../sizing/size-multiplier.ts';
import { sizeOrder } from '../sizing/size-order.ts';
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { SignalRecord, SizingRecord } from '../../schema/records/verdict.ts';
import type { PositionSide, Side } from '../../schema/scalars.ts';
import { averageTrueRange } from './indicators/atr.ts';
import type { StrategyWish } from './strategy.ts';

export type Proposal =
  | { readonly order: ProposedOrder; readonly sizing: SizingRecord | null }
  | { readonly order: null; readonly sizing: SizingRecord | null; readonly reason: string };

/** What every order of one decision shares. */
export interface DecisionContext {
  readonly strategy: StrategyConfig;
  readonly symbol: string;
  readonly signal: SignalRecord;
  readonly snapshot: Snapshot;
  readonly quote: Quote;
  /** The sender's id of an outside signal; null for a decision on a candle. */
  readonly signalId: string | null;
  /** Learned factors of an entry's size. */
  readonly multipliers: readonly SizeMultiplier[];
}

/** All of the position that no other exit is closing yet. */
export function proposeExit(context: DecisionContext, positionSide: PositionSide): Proposal {
  const { symbol, snapshot } = context;
  const id = idOf(context, positionSide, 'close');
  const { closableQty } = readExposure(snapshot.risk, { intentId: id, symbol, positionSide }, snapshot.limits);
  if (!closableQty.gt('0')) return { order: null, sizing: null, reason: 'the position is being closed already' };
  return { order: orderOf(context, id, positionSide, 'close', closableQty), sizing: null };
}

export function proposeEntry(context: DecisionContext, wish: Extract<StrategyWish, { kind: 'enter' }>, series: readonly Candle[]): Proposal {
  const { strategy, symbol, snapshot } = context;
  const { positionSide } = wish;
  const id = idOf(context, positionSide, 'open');
  const { volTargetBps, minNotionalUsd, maxNotionalUsd, atrPeriod } = strategy.sizing;
  const sized = sizeOrder(snapshot, {
    intentId: id,
    symbol,
    positionSide,
    referencePrice: dearest(context),
    floorPrice: cheapest(context),
    leverage: strategy.leverage,
    atr: averageTrueRange(series, atrPeriod),
    strength: wish.strength,
    multipliers: context.multipliers,
    strategy: { name: strategy.name, volTargetBps, minNotionalUsd, maxNotionalUsd },
  });
  if (sized.kind === 'abstained') return { order: null, sizing: sized.record, reason: sized.record.reason ?? 'no size' };
  return { order: orderOf(context, id, positionSide, 'open', sized.order.qty), sizing: sized.record };
}

/**
 * The highest price the gate's collar would let the order through at. Sized there, an order that was clamped to a cap
 * still fits it when the executor judges it again at the price of its own moment.
 */
function dearest({ symbol, snapshot, quote }: DecisionContext): Price {
  const { collar } = snapshot.limits.forSymbol(symbol);
  return asPrice(quote.ask.times(collar.value.plus('1')));
}

/** The lowest such price, at which an order that was raised to a floor still reaches it. */
function cheapest({ symbol, snapshot, quote }: DecisionContext): Price {
  const { collar } = snapshot.limits.forSymbol(symbol);
  return asPrice(quote.bid.times(collar.value.neg().plus('1')));
}

function orderOf(
  { strategy, symbol, signal, quote }: DecisionContext,
  id: string,
  positionSide: PositionSide,
  purpose: 'open' | 'close',
  qty: Decimal,
): ProposedOrder {
  const side: Side = isOpening('buy', positionSide) === (purpose === 'open') ? 'buy' : 'sell';
  return {
    intentId: id,
    symbol,
    side,
    positionSide,
    purpose,
    qty: text(qty),
    price: text(touch(side, quote)),
    leverage: strategy.leverage,
    strategy: strategy.name,
    signalAt: signal.candleCloseAt,
    expectedEdgeBps: null,
  };
}

function idOf({ strategy, symbol, signal, signalId }: DecisionContext, positionSide: PositionSide, purpose: 'open' | 'close'): string {
  if (signalId !== null) return outsideIntentId({ strategy: strategy.name, signalId, purpose });
  return intentId({ candleCloseAt: signal.candleCloseAt, strategy: strategy.name, symbol, positionSide, purpose });
}
