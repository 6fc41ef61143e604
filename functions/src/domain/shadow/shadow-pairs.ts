/**
 * The signals of one tick, judged a second time under the shadow configuration, from the snapshot that the tick decided on.
 * Nothing here reads or sends anything, and nothing of it reaches an order.
 *
 * 1. A pair is named by the intent that its signal leads to: the same name whichever configuration made the signal.
 * 2. The shadow has no account of its own. Positions are the live ones; within the tick it reserves what it approves itself.
 * 3. It sees the candles that were read for the live strategies. A shadow strategy that needs more of them has no signal.
 */
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { FeatureFlags } from '../../schema/feature-flags.ts';
import type { RouterHealth } from '../../schema/records/router-health.ts';
import type { ShadowJudgement, ShadowPair } from '../../schema/records/shadow.ts';
import type { DecisionRecord } from '../../schema/records/tick.ts';
import { intentId } from '../identity/derived-id.ts';
import type { Learned } from '../learning/learned.ts';
import { decimal, divide, text, toStatistic } from '../money/decimal.ts';
import { buildGateInput } from '../risk/build-gate-input.ts';
import { buildSnapshot } from '../risk/build-snapshot.ts';
import type { SnapshotSource } from '../risk/build-snapshot.ts';
import { evaluateGate } from '../risk/gate.ts';
import type { RiskLimits } from '../risk/limits.ts';
import type { ProposedOrder } from '../risk/proposed-order.ts';
import { reserve } from '../risk/reservations.ts';
import { policyFor } from '../routing/policy-for.ts';
import { decideAll } from '../screening/decide.ts';
import type { CandleBook, Decisions } from '../screening/decide.ts';
import { decisionKey } from '../screening/due-candles.ts';
import type { DueCandle } from '../screening/due-candles.ts';
import { entryBar } from '../screening/entry-bar.ts';
import { heldBy } from '../screening/held-by.ts';

const BPS_PLACES = 8;

export interface ShadowRules {
  readonly config: EngineConfig;
  /** Compiled from it. */
  readonly limits: RiskLimits;
}

export interface DecidedTick {
  readonly tickId: string;
  readonly due: readonly DueCandle[];
  readonly candles: CandleBook;
  readonly source: SnapshotSource;
  readonly learned: Learned;
  readonly decided: Decisions;
  readonly health: RouterHealth | null;
}

type ShadowFlags = Pick<FeatureFlags, 'riskEngineShadow' | 'pipelineShadow'>;

/** One per signal of either side. Empty for a tick in which neither saw one. */
export function shadowPairs(tick: DecidedTick, shadow: ShadowRules, flags: ShadowFlags): readonly ShadowPair[] {
  const live = tick.decided;
  const pipeline = flags.pipelineShadow ? decidedByShadow(tick, shadow) : null;
  const gated = flags.riskEngineShadow ? judgedByShadow(tick, shadow) : null;
  const [liveBySignal, pipelineBySignal] = [bySignal(live), pipeline === null ? new Map<string, DecisionRecord>() : bySignal(pipeline)];
  const liveByKey = byKey(live);
  const pipelineByKey = pipeline === null ? new Map<string, DecisionRecord>() : byKey(pipeline);
  return [...new Map([...pipelineBySignal, ...liveBySignal])].flatMap(([id, decision]) => {
    const { symbol, strategy, positionSide, signal } = decision;
    if (signal === null || positionSide === null) return [];
    const key = decisionKey(strategy, symbol);
    return [{
      intentId: id,
      symbol,
      strategy,
      positionSide,
      action: signal.action,
      live: judgement(liveBySignal.get(id) ?? withoutSignal(liveByKey.get(key)), live.orders.get(id)),
      riskEngine: gated?.get(id) ?? null,
      pipeline: pipeline === null ? null : judgement(pipelineBySignal.get(id) ?? withoutSignal(pipelineByKey.get(key)), pipeline.orders.get(id)),
      halfSpreadBps: halfSpreadBps(tick.source, symbol),
      route: flags.pipelineShadow ? routeOf({ intentId: id, symbol }, signal.action, shadow.config, tick) : null,
    }];
  });
}

/** The same candles, decided by the strategies of the shadow that have the same names. */
function decidedByShadow({ due, candles, source, learned, tickId }: DecidedTick, { config, limits }: ShadowRules): Decisions {
  const shadowed = due.flatMap((candle) => {
    const strategy = config.strategies.strategies.find(({ name }) => name === candle.strategy.name);
    if (strategy === undefined) return [];
    const bar = entryBar(strategy, config.universe, candle.symbol);
    return bar === null || heldBy(strategy, candle.symbol, source.risk) !== null ? [{ ...candle, strategy, entryBar: bar }] : [];
  });
  return decideAll(shadowed, candles, { ...source, limits }, tickId, { learned, intel: config.intel });
}

/** Every live order before the shadow's limits, in the order in which they came: earlier ones that were approved are reserved. */
function judgedByShadow({ decided, source }: DecidedTick, { limits }: ShadowRules): ReadonlyMap<string, ShadowJudgement> {
  const judged = new Map<string, ShadowJudgement>();
  const approved = new Map(decided.intents.map((intent) => [intent.intentId, intent]));
  let { risk } = source;
  for (const [id, order] of decided.orders) {
    const { vetoes } = evaluateGate(buildGateInput(buildSnapshot({ ...source, limits, risk }, order.symbol, false), order));
    judged.set(id, { outcome: vetoes.length === 0 ? 'intent' : 'vetoed', reason: vetoes[0]?.code ?? null, codes: vetoes.map(({ code }) => code), notionalUsd: notionalUsd(order) });
    const intent = approved.get(id);
    if (intent !== undefined) risk = reserve(risk, order, { tier: intent.tier, strategy: order.strategy }, source.asOf);
  }
  return judged;
}

function bySignal({ decisions }: Decisions): Map<string, DecisionRecord> {
  return new Map(decisions.flatMap((decision) => {
    const { signal, positionSide, symbol, strategy } = decision;
    if (signal === null || positionSide === null) return [];
    const purpose = signal.action === 'enter' ? 'open' : 'close';
    return [[intentId({ candleCloseAt: signal.candleCloseAt, strategy, symbol, positionSide, purpose }), decision] as const];
  }));
}

const byKey = ({ decisions }: Decisions): Map<string, DecisionRecord> => new Map(decisions.map((decision) => [decisionKey(decision.strategy, decision.symbol), decision]));

type Outcome = Pick<DecisionRecord, 'outcome' | 'reason' | 'vetoes'>;

/** This side saw another signal, or none: about this one it has nothing to say. */
function withoutSignal(decision: DecisionRecord | undefined): Outcome | null {
  if (decision === undefined) return null;
  if (decision.signal === null) return decision;
  return { outcome: 'noSignal', reason: `it wants to ${decision.signal.action} ${decision.positionSide ?? ''}`.trim(), vetoes: [] };
}

function judgement(decision: Outcome | null, order: ProposedOrder | undefined): ShadowJudgement {
  if (decision === null) return { outcome: 'absent', reason: null, codes: [], notionalUsd: null };
  const { outcome, reason, vetoes } = decision;
  return { outcome, reason, codes: vetoes.map(({ code }) => code), notionalUsd: order === undefined ? null : notionalUsd(order) };
}

const notionalUsd = ({ qty, price }: ProposedOrder): string => text(decimal(qty).times(decimal(price)));

function halfSpreadBps({ quotes }: SnapshotSource, symbol: string): number | null {
  const quote = quotes.kind === 'found' ? quotes.value.find((one) => one.symbol === symbol) : undefined;
  if (quote === undefined) return null;
  const width = quote.ask.minus(quote.bid).times('10000');
  return Math.max(0, toStatistic(divide(width, quote.ask.plus(quote.bid), BPS_PLACES, 'half-even')));
}

function routeOf(order: { readonly intentId: string; readonly symbol: string }, action: 'enter' | 'exit', { router }: EngineConfig, { health, source }: DecidedTick): ShadowPair['route'] {
  const { makerFirst, takerBias, offsetBps } = policyFor(router, health, order, source.asOf);
  const isMaker = makerFirst && takerBias !== 'prefer_taker' && !(action === 'exit' && router.exitsGoTaker);
  return { leg: isMaker ? 'maker' : 'taker', offsetBps };
}
