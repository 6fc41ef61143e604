/**
 * From one snapshot to decisions: per due candle a wish, a size, a verdict, and where all say yes an intent. Later
 * decisions of the same tick see what earlier ones have reserved, so that one tick cannot promise more than the caps.
 * The verdict here is advice; the executor judges again, with the same function, when it approves.
 */
import { newFlip } from '../exits/flip.ts';
import { NOTHING_LEARNED } from '../learning/learned.ts';
import { sizeMultipliers } from '../learning/size-multipliers.ts';
import { pendingIntent } from '../intent/pending-intent.ts';
import type { Candle } from '../market/market.ts';
import { buildGateInput } from '../risk/build-gate-input.ts';
import { buildSnapshot } from '../risk/build-snapshot.ts';
import type { SnapshotSource } from '../risk/build-snapshot.ts';
import { bookAligned } from '../risk/book-aligned.ts';
import { evaluateGate } from '../risk/gate.ts';
import { isEntry } from '../risk/order-reading.ts';
import type { ProposedOrder } from '../risk/proposed-order.ts';
import { reserve } from '../risk/reservations.ts';
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { FlipRecord } from '../../schema/records/flip.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { DecisionRecord } from '../../schema/records/tick.ts';
import type { SignalRecord } from '../../schema/records/verdict.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { DecisionSource, LearnedRules } from './decision-source.ts';
import type { DueCandle } from './due-candles.ts';
import { entryRefusals } from './entry-filters.ts';
import { expectancyRefusals } from './expectancy-filter.ts';
import { asIfFlat, flipWish } from './flip-wish.ts';
import { heldBy } from './held-by.ts';
import { proposeEntry, proposeExit } from './propose-order.ts';
import type { StrategyWish } from './strategy.ts';
import { wishOf } from './wish-of.ts';

export interface Decisions {
  readonly decisions: readonly DecisionRecord[];
  readonly intents: readonly IntentRecord[];
  /** One per close intent that another side is to follow. */
  readonly flips: readonly FlipRecord[];
  /** What the gate judged, approved or not, by intent. */
  readonly orders: ReadonlyMap<string, ProposedOrder>;
}

/** Candles per `{timeframe}-{symbol}`; a series that could not be read is missing. */
export type CandleBook = ReadonlyMap<string, readonly Candle[]>;

export const seriesKey = (timeframe: string, symbol: string): string => `${timeframe}-${symbol}`;

export function decideAll(due: readonly DueCandle[], candles: CandleBook, source: SnapshotSource, tickId: string, rules: LearnedRules | null = null): Decisions {
  let risk = source.risk;
  const decisions: DecisionRecord[] = [];
  const intents: IntentRecord[] = [];
  const flips: FlipRecord[] = [];
  const orders = new Map<string, ProposedOrder>();
  for (const candle of due) {
    const decided = decideEitherWay(candle, seriesOf(candle, candles), { ...source, rules, risk }, tickId);
    decisions.push(decided.decision);
    if (decided.order !== null) orders.set(decided.order.intentId, decided.order);
    if (decided.intent === null) continue;
    intents.push(decided.intent);
    if (decided.flip !== null) flips.push(decided.flip);
    risk = decided.risk;
  }
  return { decisions, intents, flips, orders };
}

/** Symbols that a strategy wants to enter and may, as far as candles and records tell: whose order books are worth a call. */
export function entrySymbols(due: readonly DueCandle[], candles: CandleBook, risk: RiskState): readonly string[] {
  const wanted = due.filter((candle) => {
    const { strategy, symbol } = candle;
    const series = seriesOf(candle, candles);
    if (series === null || candle.entryBar !== null) return false;
    const held = heldBy(strategy, symbol, risk);
    const flip = flipWish(strategy, series, held);
    if (held !== null && flip !== null) return entryRefusals(strategy, symbol, flip.positionSide, series, asIfFlat(risk, held)).length === 0;
    const wish = wishOf(strategy, series, held);
    return wish.kind === 'enter' && entryRefusals(strategy, symbol, wish.positionSide, series, risk).length === 0;
  });
  return [...new Set(wanted.map(({ symbol }) => symbol))];
}

/** Null unless the candle that has closed is in it. */
function seriesOf({ strategy, symbol, closeAt }: DueCandle, candles: CandleBook): readonly Candle[] | null {
  const series = candles.get(seriesKey(strategy.timeframe, symbol)) ?? null;
  return series?.at(-1)?.closeAt === closeAt ? series : null;
}

export interface Decided {
  readonly decision: DecisionRecord;
  readonly intent: IntentRecord | null;
  /** What the gate judged; null where it was not asked. */
  readonly order: ProposedOrder | null;
  readonly risk: RiskState;
}

interface Flipped extends Decided {
  readonly flip: FlipRecord | null;
}

/**
 * A flip where the strategy wants one and its new side passes filters, sizing and gate as if the old one were flat; the close
 * alone where config lets the strategy enter nothing.
 */
function decideEitherWay(candle: DueCandle, series: readonly Candle[] | null, source: DecisionSource, tickId: string): Flipped {
  const held = heldBy(candle.strategy, candle.symbol, source.risk);
  const wish = series === null ? null : flipWish(candle.strategy, series, held);
  if (held === null || wish === null) return { ...decide(candle, series, source, tickId, null), flip: null };
  const exit: StrategyWish = { ...wish, kind: 'exit', positionSide: held.positionSide };
  if (candle.entryBar !== null) return { ...withoutFlip(decide(candle, series, source, tickId, exit), candle.entryBar), flip: null };
  const open = decide(candle, series, { ...source, risk: asIfFlat(source.risk, held) }, tickId, wish);
  if (open.intent === null) return { ...withoutFlip(decide(candle, series, source, tickId, null), open.decision.reason ?? open.decision.outcome), flip: null };
  const close = decide(candle, series, source, tickId, exit);
  if (close.intent === null) return { ...close, flip: null };
  return {
    decision: { ...close.decision, reason: `flip: ${open.intent.positionSide} follows` },
    intent: close.intent,
    order: close.order,
    risk: { ...close.risk, reservations: { ...open.risk.reservations, ...close.risk.reservations } },
    flip: newFlip(close.intent, open.intent, source.risk),
  };
}

function withoutFlip({ decision, ...rest }: Decided, why: string): Decided {
  return { ...rest, decision: { ...decision, reason: [decision.reason, `no flip: ${why}`].filter((part) => part !== null).join('; ') } };
}

/** `decided` is a wish that has been made already; null asks the strategy. */
function decide({ strategy, symbol, closeAt, entryBar }: DueCandle, series: readonly Candle[] | null, source: DecisionSource, tickId: string, decided: StrategyWish | null): Decided {
  if (series === null) return undecided({ strategy, symbol }, source, { outcome: 'skipped', reason: 'the candle that closed could not be read' });
  const wish = decided ?? wishOf(strategy, series, heldBy(strategy, symbol, source.risk));
  if (wish.kind === 'none') return undecided({ strategy, symbol }, source, { outcome: 'noSignal', reason: wish.reason });
  if (wish.kind === 'enter' && entryBar !== null) {
    return undecided({ strategy, symbol }, source, { positionSide: wish.positionSide, signal: signalOf(strategy, wish, closeAt), outcome: 'abstained', reason: entryBar });
  }
  return decideWish({ strategy, symbol, at: closeAt, signalId: null }, wish, series, source, tickId);
}

/** Whose wish, about what. */
interface Subject {
  readonly strategy: StrategyConfig;
  readonly symbol: string;
}

export interface WishOrigin extends Subject {
  /** When it arose: the close of the candle, or the time of the outside signal. */
  readonly at: EpochMs;
  /** The sender's id of an outside signal; null for a wish that a candle gave. */
  readonly signalId: string | null;
}

type Undecided = Partial<DecisionRecord> & Pick<DecisionRecord, 'outcome' | 'reason'>;

/** A decision that leads to no order. */
export function undecided({ strategy, symbol }: Subject, { risk }: Pick<SnapshotSource, 'risk'>, part: Undecided): Decided {
  const nothing = { symbol, strategy: strategy.name, positionSide: null, signal: null, sizing: null, bookAligned: null, vetoes: [], intentId: null };
  return { decision: { ...nothing, ...part }, intent: null, order: null, risk };
}

/** From a wish to an intent or to the reason why there is none. Exits do without `series`. */
export function decideWish(
  origin: WishOrigin,
  wish: Exclude<StrategyWish, { kind: 'none' }>,
  series: readonly Candle[],
  source: DecisionSource,
  tickId: string,
): Decided {
  const { strategy, symbol, signalId } = origin;
  const without = (part: Undecided): Decided => undecided(origin, source, part);
  const signal = signalOf(strategy, wish, origin.at);
  if (wish.kind === 'enter') {
    const learned = source.rules?.learned ?? NOTHING_LEARNED;
    const vetoes = [...entryRefusals(strategy, symbol, wish.positionSide, series, source.risk), ...expectancyRefusals(strategy, symbol, learned, origin.at)];
    const [first] = vetoes;
    if (first !== undefined) return without({ positionSide: wish.positionSide, signal, outcome: 'abstained', reason: first.code, vetoes });
  }
  const snapshot = buildSnapshot(source, symbol, false);
  const { quote } = snapshot;
  // Skipped, not abstained: the candle stays due, so that an exit is not lost until the next one for want of a quote.
  if (quote.kind !== 'found') return without({ positionSide: wish.positionSide, signal, outcome: 'skipped', reason: `no quote: ${quote.cause}` });
  const multipliers = source.rules === null ? [] : sizeMultipliers(source.rules.learned, source.rules.intel, symbol);
  const context = { strategy, symbol, signal, snapshot, quote: quote.value, signalId, multipliers };
  const proposal = wish.kind === 'exit' ? proposeExit(context, wish.positionSide) : proposeEntry(context, wish, series);
  const { order, sizing } = proposal;
  const part = { positionSide: wish.positionSide, signal, sizing };
  if (order === null) return without({ ...part, outcome: 'abstained', reason: proposal.reason });
  const input = buildGateInput(snapshot, order);
  const verdict = evaluateGate(input);
  const judged = { ...part, bookAligned: isEntry(order.purpose) ? bookAligned(input) : null };
  if (!verdict.approved) return { ...without({ ...judged, outcome: 'vetoed', reason: verdict.vetoes[0]?.code ?? null, vetoes: [...verdict.vetoes] }), order };
  const { asOf } = snapshot;
  const tier = snapshot.limits.forSymbol(symbol).tier ?? 'none';
  const intent = pendingIntent(order, { tickId, tier, signal, sizing, createdAt: asOf, expiresAt: asOf + strategy.intentTtlSeconds * 1000 });
  return {
    decision: without({ ...judged, outcome: 'intent', reason: null, intentId: order.intentId }).decision,
    intent,
    order,
    risk: reserve(source.risk, order, { tier, strategy: strategy.name }, asOf),
  };
}

function signalOf(strategy: StrategyConfig, wish: Exclude<StrategyWish, { kind: 'none' }>, closeAt: EpochMs): SignalRecord {
  const { indicator, value, threshold } = wish;
  return { strategy: strategy.name, timeframe: strategy.timeframe, candleCloseAt: closeAt, action: wish.kind, indicator, value, threshold };
}
