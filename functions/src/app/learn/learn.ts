/**
 * Learns from ended trades and the router's record, on its own schedule: results become expectancy, scores, suggestions to
 * the router and a risk mode. It is the one writer of all of them. What it learns from trades is one commit, and only if no
 * other run has committed since it read: two that overlap cannot both move the router. The router's record comes first, in a
 * commit of its own, as orders follow it whatever the flags say.
 */
import { heartbeatOf } from '../../domain/alerts/heartbeats.ts';
import { tickId } from '../../domain/identity/derived-id.ts';
import { learningDayOf, startOfLearningDay, windowDays } from '../../domain/learning/learning-days.ts';
import { lessonsOf } from '../../domain/learning/lessons.ts';
import type { Lessons } from '../../domain/learning/lessons.ts';
import type { Transaction } from '../../ports/store.ts';
import { EXPECTANCY_STATE, EXPECTANCY_STATE_ID } from '../../schema/records/expectancy-state.ts';
import { HEARTBEATS } from '../../schema/records/heartbeat.ts';
import { LEARNING_DAYS } from '../../schema/records/learning-day.ts';
import type { LearningDay } from '../../schema/records/learning-day.ts';
import { LEARNING_STATE, LEARNING_STATE_ID } from '../../schema/records/learning-state.ts';
import type { LearningState } from '../../schema/records/learning-state.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../schema/records/nav-state.ts';
import { RISK_ALLOCATION, RISK_ALLOCATION_ID } from '../../schema/records/risk-allocation.ts';
import { ROUTER_APPLIED, ROUTER_APPLIED_ID } from '../../schema/records/router-applied.ts';
import { ROUTER_SUGGESTIONS, ROUTER_SUGGESTIONS_ID } from '../../schema/records/router-suggestions.ts';
import { SYMBOL_SCORES, SYMBOL_SCORES_ID } from '../../schema/records/symbol-scores.ts';
import { TICKS } from '../../schema/records/tick.ts';
import type { TickRecord } from '../../schema/records/tick.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { compareShadow } from './compare-shadow.ts';
import { countRefusals } from './count-refusals.ts';
import type { LearnDeps } from './learn-deps.ts';
import { learnRouter } from './learn-router.ts';
import { meterCosts } from './meter-costs.ts';
import { readStored } from '../read-stored.ts';
import { changedDays, tradesOfDay } from './read-trades.ts';
import type { DayOfTrades } from './read-trades.ts';

const DAY_MS = 86_400_000;
/** Days one run sums up again, which bounds its writes; the rest wait for the next run. */
const MOST_DAYS_A_RUN = 5;
/** A day is kept a while longer than the longest window. */
const DAY_LIFE_MS = 100 * DAY_MS;

export async function learn(deps: LearnDeps, scheduledAt: EpochMs): Promise<void> {
  const id = tickId('learn', scheduledAt);
  const startedAt = deps.clock.now();
  const before = await deps.step('learn.read-state', () => readState(deps, id));
  if (before.tick !== null) return deps.log.tickRepeated('learn', id);
  const health = await learnRouter(deps, startedAt);
  await compareShadow(deps, startedAt);
  await meterCosts(deps, startedAt);
  const refusals = await countRefusals(deps, before.learning?.refusals ?? [], startedAt);
  const changed = await deps.step('learn.read-changes', () => readChanges(deps, before.learning, startedAt));
  const fresh = await deps.step('learn.read-days', () => Promise.all(changed.slice(0, MOST_DAYS_A_RUN).map((day) => tradesOfDay(deps.store, day))));
  const summedUp = fresh.map(({ day, trades }) => learningDayOf(day, trades, startedAt, startOfLearningDay(day) + DAY_LIFE_MS));
  const window = await deps.step('learn.read-window', () => readWindow(deps, summedUp, startedAt));
  const lessons = lessonsOf({ ...before, health, applied: before.applied === 'corrupt' ? null : before.applied, window }, deps.flags, deps.config, startedAt);
  const tick = tickOf(deps, id, scheduledAt, startedAt, lessons, problemsOf(before.applied, fresh));
  const learning = learningOf(deps, before.learning, changed.slice(MOST_DAYS_A_RUN), { summary: lessons.summary, refusals }, startedAt);
  const isDone = await deps.step('learn.commit', () => deps.store.transact((tx) => commit(tx, { tick, learning, summedUp, lessons, before: before.learning })));
  if (!isDone) return deps.log.tickRepeated('learn', id);
  if (tick.problems.length > 0) deps.log.tickDegraded('learn', id, tick.problems);
  deps.log.tickFinished('learn', id, tick.summary);
}

async function readState(deps: LearnDeps, id: string) {
  const records = await deps.store.get({
    tick: { collection: TICKS, id },
    learning: { collection: LEARNING_STATE, id: LEARNING_STATE_ID },
    nav: { collection: NAV_STATE, id: NAV_STATE_ID },
  });
  return { ...records, applied: await readStored(deps.store, ROUTER_APPLIED, ROUTER_APPLIED_ID) };
}

async function readChanges({ store, flags, config }: LearnDeps, before: LearningState | null, now: EpochMs): Promise<readonly string[]> {
  return flags.intel ? changedDays(store, before, now, config.intel.lookbackDays) : [];
}

/** Days as they are stored, but for those of this run. A day without a document has had no trade, or is still pending. */
async function readWindow({ store, flags, config }: LearnDeps, summedUp: readonly LearningDay[], now: EpochMs): Promise<readonly LearningDay[]> {
  if (!flags.intel) return [];
  const ours = new Map(summedUp.map((day) => [day.day, day]));
  const days = windowDays(now, config.intel.lookbackDays);
  const got = await store.get(Object.fromEntries(days.filter((day) => !ours.has(day)).map((day) => [`day${day}`, { collection: LEARNING_DAYS, id: day }])));
  return days.map((day) => ours.get(day) ?? got[`day${day}`] ?? null).filter((day) => day !== null);
}

function problemsOf(applied: unknown, days: readonly DayOfTrades[]): readonly string[] {
  return [
    ...(applied === 'corrupt' ? ['state/router_applied cannot be read; auto-tune begins anew'] : []),
    ...days.filter((day) => day.isCutOff).map(({ day }) => `${day} has more trades than are summed up`),
  ];
}

function learningOf({ flags }: LearnDeps, before: LearningState | null, pending: readonly string[], told: Pick<LearningState, 'summary' | 'refusals'>, now: EpochMs): LearningState {
  const progress = flags.intel ? { readUntilAt: now, pendingDays: [...pending] } : { readUntilAt: before?.readUntilAt ?? null, pendingDays: before?.pendingDays ?? [] };
  return { ...told, ...progress, computedAt: now };
}

interface Result {
  readonly tick: TickRecord;
  readonly learning: LearningState;
  readonly summedUp: readonly LearningDay[];
  readonly lessons: Lessons;
  readonly before: LearningState | null;
}

/** False when this tick, or another since it read, has committed already. */
async function commit(tx: Transaction, { tick, learning, summedUp, lessons, before }: Result): Promise<boolean> {
  const got = await tx.get({ tick: { collection: TICKS, id: tick.tickId }, learning: { collection: LEARNING_STATE, id: LEARNING_STATE_ID } });
  if (got.tick !== null || got.learning?.computedAt !== before?.computedAt) return false;
  tx.create(TICKS, tick.tickId, tick);
  tx.set(HEARTBEATS, 'learn', heartbeatOf('learn', tick.problems.length === 0 ? 'ok' : 'degraded', tick.problems, tick.startedAt, tick.finishedAt));
  tx.set(LEARNING_STATE, LEARNING_STATE_ID, learning);
  for (const day of summedUp) tx.set(LEARNING_DAYS, day.day, day);
  if (lessons.expectancy !== null) tx.set(EXPECTANCY_STATE, EXPECTANCY_STATE_ID, lessons.expectancy);
  if (lessons.scores !== null) tx.set(SYMBOL_SCORES, SYMBOL_SCORES_ID, lessons.scores);
  if (lessons.suggestions !== null) tx.set(ROUTER_SUGGESTIONS, ROUTER_SUGGESTIONS_ID, lessons.suggestions);
  if (lessons.applied !== null) tx.set(ROUTER_APPLIED, ROUTER_APPLIED_ID, lessons.applied);
  if (lessons.allocation !== null) tx.set(RISK_ALLOCATION, RISK_ALLOCATION_ID, lessons.allocation);
  return true;
}

function tickOf(deps: LearnDeps, id: string, scheduledAt: EpochMs, startedAt: EpochMs, { summary }: Lessons, problems: readonly string[]): TickRecord {
  return {
    tickId: id,
    job: 'learn',
    summary,
    outcome: problems.length === 0 ? 'ok' : 'degraded',
    problems: [...problems],
    scheduledAt,
    startedAt,
    finishedAt: deps.clock.now(),
    decisions: [],
    signals: 0,
    intents: 0,
    swept: 0,
    navUsd: null,
    cost: deps.costs.take(),
    expireAt: startedAt + deps.config.runtime.tickRetentionDays * DAY_MS,
  };
}
