/**
 * From one snapshot to decisions: per due candle a wish, a size, a verdict, and where all say yes an intent. Later
 * decisions of the same tick see what earlier ones have reserved, so that one tick cannot promise more than the caps.
 * The verdict here is advice; the executor judges again, with the same function, when it approves.
 */
import { intentId } from '../identity/derived-id.ts';
import type { Candle } from '../market/market.ts';
import { midOf } from '../order/build-attempt.ts';
import { text } from '../money/decimal.ts';
import { asPrice } from '../money/units.ts';
import { buildGateInput } from '../risk/build-gate-input.ts';
import { buildSnapshot } from '../risk/build-snapshot.ts';
import type { SnapshotSource } from '../risk/build-snapshot.ts';
import { readExposure } from '../risk/exposure.ts';
import { evaluateGate } from '../risk/gate.ts';
import type { ProposedOrder } from '../risk/proposed-order.ts';
import { reserve } from '../risk/reservations.ts';
import type { Snapshot } from '../risk/snapshot.ts';
import { sizeOrder } from '../sizing/size-order.ts';
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { OpenExposure, RiskState } from '../../schema/records/risk-state.ts';
import type { DecisionRecord } from '../../schema/records/tick.ts';
import type { SignalRecord, SizingRecord } from '../../schema/records/verdict.ts';
import type { EpochMs, PositionSide } from '../../schema/scalars.ts';
import type { DueCandle } from './due-candles.ts';
import { averageTrueRange } from './indicators/atr.ts';
import type { StrategyWish } from './strategy.ts';
import { wishOf } from './wish-of.ts';

export interface Decisions {
  readonly decisions: readonly DecisionRecord[];
  readonly intents: readonly IntentRecord[];
}

/** Candles per `{timeframe}-{symbol}`; a series that could not be read is missing. */
export type CandleBook = ReadonlyMap<string, readonly Candle[]>;

export const seriesKey = (timeframe: string, symbol: string): string => `${timeframe}-${symbol}`;

export function decideAll(due: readonly DueCandle[], candles: CandleBook, source: SnapshotSource, tickId: string): Decisions {
  let risk = source.risk;
  const decisions: DecisionRecord[] = [];
  const intents: IntentRecord[] = [];
  for (const candle of due) {
    const decided = decide(candle, candles.get(seriesKey(candle.strategy.timeframe, candle.symbol)) ?? null, { ...source, risk }, tickId);
    decisions.push(decided.decision);
    if (decided.intent === null) continue;
    intents.push(decided.intent);
    risk = decided.risk;
  }
  return { decisions, intents };
}

interface Decided {
  readonly decision: DecisionRecord;
  readonly intent: IntentRecord | null;
  readonly risk: RiskState;
}

function decide({ strategy, symbol, closeAt }: DueCandle, series: readonly Candle[] | null, source: SnapshotSource, tickId: string): Decided {
  const nothing = { symbol, strategy: strategy.name, positionSide: null, signal: null, sizing: null, vetoes: [], intentId: null };
  const without = (part: Partial<DecisionRecord> & Pick<DecisionRecord, 'outcome' | 'reason'>): Decided => ({
    decision: { ...nothing, ...part },
    intent: null,
    risk: source.risk,
  });
  if (series === null || series.at(-1)?.closeAt !== closeAt) return without({ outcome: 'skipped', reason: 'the candle that closed could not be read' });
  const wish = wishOf(strategy, series, heldBy(strategy, symbol, source.risk), closeAt);
  if (wish.kind === 'none') return without({ outcome: 'noSignal', reason: wish.reason });
  const signal = signalOf(strategy, wish, closeAt);
  const snapshot = buildSnapshot(source, symbol, false);
  const proposal = wish.kind === 'exit' ? closing(wish.positionSide, symbol, signal, snapshot) : entering(strategy, symbol, signal, wish, series, snapshot);
  const part = { positionSide: wish.positionSide, signal, sizing: proposal.sizing };
  if (proposal.order === null) return without({ ...part, outcome: 'abstained', reason: proposal.reason });
  const order = { ...proposal.order, leverage: strategy.leverage };
  const verdict = evaluateGate(buildGateInput(snapshot, order));
  if (!verdict.approved) return without({ ...part, outcome: 'vetoed', reason: verdict.vetoes[0]?.code ?? null, vetoes: [...verdict.vetoes] });
  const intent = intentOf(strategy, order, snapshot, part, tickId);
  return {
    decision: { ...nothing, ...part, outcome: 'intent', reason: null, intentId: order.intentId },
    intent,
    risk: reserve(source.risk, order, intent.tier, source.asOf),
  };
}

/** The exposure that this strategy opened in the symbol. */
function heldBy(strategy: StrategyConfig, symbol: string, risk: RiskState): OpenExposure | null {
  return Object.values(risk.exposures).find((exposure) => exposure.symbol === symbol && exposure.strategy === strategy.name) ?? null;
}

function signalOf(strategy: StrategyConfig, wish: Exclude<StrategyWish, { kind: 'none' }>, closeAt: EpochMs): SignalRecord {
  const { indicator, value, threshold } = wish;
  return { strategy: strategy.name, timeframe: strategy.timeframe, candleCloseAt: closeAt, action: wish.kind, indicator, value, threshold };
}

type UnleveragedOrder = Omit<ProposedOrder, 'leverage'>;

type Proposal =
  | { readonly order: UnleveragedOrder; readonly sizing: SizingRecord | null }
  | { readonly order: null; readonly sizing: SizingRecord | null; readonly reason: string };

/** All of the position that no other exit is closing yet. */
function closing(positionSide: PositionSide, symbol: string, signal: SignalRecord, snapshot: Snapshot): Proposal {
  const id = idOf(signal, symbol, positionSide, 'close');
  const { closableQty } = readExposure(snapshot.risk, { intentId: id, symbol, positionSide }, snapshot.limits);
  if (!closableQty.gt('0')) return { order: null, sizing: null, reason: 'the position is being closed already' };
  if (snapshot.quote.kind !== 'found') return { order: null, sizing: null, reason: `no quote: ${snapshot.quote.cause}` };
  const side = positionSide === 'long' ? 'sell' : 'buy';
  const price = side === 'sell' ? snapshot.quote.value.bid : snapshot.quote.value.ask;
  return {
    sizing: null,
    order: { intentId: id, symbol, side, positionSide, purpose: 'close', qty: text(closableQty), price: text(price), signalAt: signal.candleCloseAt, expectedEdgeBps: null },
  };
}

function entering(
  strategy: StrategyConfig,
  symbol: string,
  signal: SignalRecord,
  wish: Extract<StrategyWish, { kind: 'enter' }>,
  series: readonly Candle[],
  snapshot: Snapshot,
): Proposal {
  const { positionSide } = wish;
  if (snapshot.quote.kind !== 'found') return { order: null, sizing: null, reason: `no quote: ${snapshot.quote.cause}` };
  const id = idOf(signal, symbol, positionSide, 'open');
  const { volTargetBps, minNotionalUsd, maxNotionalUsd, atrPeriod } = strategy.sizing;
  const sized = sizeOrder(snapshot, {
    intentId: id,
    symbol,
    positionSide,
    referencePrice: asPrice(midOf(snapshot.quote.value)),
    leverage: strategy.leverage,
    atr: averageTrueRange(series, atrPeriod),
    strength: wish.strength,
    strategy: { name: strategy.name, volTargetBps, minNotionalUsd, maxNotionalUsd },
  });
  if (sized.kind === 'abstained') return { order: null, sizing: sized.record, reason: sized.record.reason ?? 'no size' };
  const side = positionSide === 'long' ? 'buy' : 'sell';
  const { qty } = sized.order;
  const price = side === 'buy' ? snapshot.quote.value.ask : snapshot.quote.value.bid;
  return {
    sizing: sized.record,
    order: { intentId: id, symbol, side, positionSide, purpose: 'open', qty: text(qty), price: text(price), signalAt: signal.candleCloseAt, expectedEdgeBps: null },
  };
}

function idOf(signal: SignalRecord, symbol: string, positionSide: PositionSide, purpose: 'open' | 'close'): string {
  return intentId({ candleCloseAt: signal.candleCloseAt, strategy: signal.strategy, symbol, positionSide, purpose });
}

function intentOf(
  strategy: StrategyConfig,
  order: ProposedOrder,
  snapshot: Snapshot,
  part: { readonly signal: SignalRecord; readonly sizing: SizingRecord | null },
  tickId: string,
): IntentRecord {
  return {
    intentId: order.intentId,
    tickId,
    symbol: order.symbol,
    tier: snapshot.limits.forSymbol(order.symbol).tier ?? 'none',
    side: order.side,
    positionSide: order.positionSide,
    purpose: order.purpose,
    status: 'pending',
    statusReason: null,
    qty: order.qty,
    referencePrice: order.price,
    leverage: order.leverage,
    ...part,
    vetoes: [],
    createdAt: snapshot.asOf,
    expiresAt: snapshot.asOf + strategy.intentTtlSeconds * 1000,
    approvedAt: null,
    terminalAt: null,
    clientOrderId: null,
    attempts: 0,
    executedQty: '0',
    executedQuoteUsd: '0',
    makerQty: '0',
    feesUsd: '0',
    realizedPnlUsd: '0',
    arrivalMid: null,
    endedAttempts: [],
  };
}
