/**
 * Screens the markets once a scheduled minute. Only candles that have just closed are decided on, each once; a tick
 * with none reads one batch of records, writes its summary and never calls the venue. Decisions, intents, their outbox
 * entries and the note that the candle is decided are one commit.
 */
import { heartbeatOf, isHeartbeatDue } from '../../domain/alerts/heartbeats.ts';
import { tickId } from '../../domain/identity/derived-id.ts';
import { decideAll, entrySymbols, seriesKey } from '../../domain/screening/decide.ts';
import type { CandleBook, Decisions } from '../../domain/screening/decide.ts';
import { decisionKey, dueCandles, isUndecided } from '../../domain/screening/due-candles.ts';
import type { DueCandle } from '../../domain/screening/due-candles.ts';
import { candlesNeeded } from '../../domain/screening/wish-of.ts';
import { vetoFloodIds, withRefusals, withVeto } from '../../domain/screening/veto-floods.ts';
import type { Transaction } from '../../ports/store.ts';
import { FLIPS } from '../../schema/records/flip.ts';
import { HEARTBEATS } from '../../schema/records/heartbeat.ts';
import type { Heartbeat } from '../../schema/records/heartbeat.ts';
import { LEARNED_HEALTH, LEARNED_HEALTH_ID } from '../../schema/records/learned-health.ts';
import type { LearnedHealth } from '../../schema/records/learned-health.ts';
import { MARKETS } from '../../schema/records/market-metadata.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../schema/records/nav-state.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../schema/records/positions-state.ts';
import { RATE_BUDGETS } from '../../schema/records/rate-budget.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import { SCREEN_STATE, SCREEN_STATE_ID } from '../../schema/records/screen-state.ts';
import type { ScreenState } from '../../schema/records/screen-state.ts';
import { TICKS } from '../../schema/records/tick.ts';
import type { TickRecord } from '../../schema/records/tick.ts';
import { SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID } from '../../schema/records/symbol-toggles.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../schema/records/trading-control.ts';
import { VETOES } from '../../schema/records/veto.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../../schema/records/venue-settings.ts';
import type { EpochMs, Timeframe } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { readLearned } from './read-learned.ts';
import type { MarketReading } from '../market/read-market.ts';
import { NO_BOOKS, readBooks, readPrices } from '../market/read-market.ts';
import { shadowTick } from './shadow-tick.ts';
import { watchSync } from '../report/watch-sync.ts';
import { wake } from '../intents/wake.ts';
import { writeIntent } from '../intents/write-intent.ts';

const DAY_MS = 86_400_000;
const NOTHING_DECIDED: ScreenState = { decidedCandleAt: {}, refusals: [] };
const NOT_READ: MarketReading = {
  quotes: { kind: 'unavailable', cause: 'nothing was due' },
  marks: { kind: 'unavailable', cause: 'nothing was due' },
  books: NO_BOOKS,
};

export async function screen(deps: EngineDeps, scheduledAt: EpochMs): Promise<void> {
  const id = tickId('screen', scheduledAt);
  const startedAt = deps.clock.now();
  const records = await deps.step('screen.read-state', () => readState(deps, id, startedAt));
  if (records.tick !== null) return deps.log.tickRepeated('screen', id);
  const state = records.screen ?? NOTHING_DECIDED;
  const risk = records.risk ?? EMPTY_RISK_STATE;
  const due = dueCandles(deps.config.strategies.strategies, deps.config.universe, state, risk, scheduledAt);
  const market = due.length === 0 ? { ...NOT_READ, candles: new Map() } : await deps.step('screen.read-market', () => readAll(deps, due, risk));
  const asOf = deps.clock.now();
  const source = { ...records, ...market, asOf, limits: deps.limits, risk, writeGate: deps.orderGate.kind };
  const decided = decideAll(due, market.candles, source, id, { learned: records.learned, intel: deps.config.intel });
  const tick = tickOf(deps, id, scheduledAt, startedAt, decided, records.nav?.navUsd ?? null);
  const beat = heartbeatOf('screen', tick.problems.length === 0 ? 'ok' : 'degraded', tick.problems, startedAt, tick.finishedAt);
  const turns = { turned: records.turned, beat: isHeartbeatDue(records.heartbeat, beat) ? beat : null };
  await deps.step('screen.commit', () => deps.store.transact((tx) => commit(deps, tx, tick, due, decided, turns)));
  if (records.turned !== null) deps.log.learnedRecordTurned('state/risk_allocation', records.turned.allocation, records.turned.summary);
  await wake(deps, 'screen.wake', 'order-intents', decided.intents.map((intent) => intent.intentId));
  await shadowTick(deps, { tickId: id, due, candles: market.candles, source, learned: records.learned, decided });
  if (tick.problems.length > 0) deps.log.tickDegraded('screen', id, tick.problems);
  deps.log.tickFinished('screen', id, tick.summary);
  await watchSync(deps, records.syncHeartbeat);
}

async function readState(deps: EngineDeps, id: string, now: EpochMs) {
  const [records, learned] = await Promise.all([readRecords(deps, id), readLearned(deps, now)]);
  return { ...records, ...learned };
}

function readRecords(deps: EngineDeps, id: string) {
  return deps.store.get({
    tick: { collection: TICKS, id },
    screen: { collection: SCREEN_STATE, id: SCREEN_STATE_ID },
    nav: { collection: NAV_STATE, id: NAV_STATE_ID },
    venueSettings: { collection: VENUE_SETTINGS, id: VENUE_SETTINGS_ID },
    venueBudget: { collection: RATE_BUDGETS, id: deps.venueName },
    positions: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID },
    risk: { collection: RISK_STATE, id: RISK_STATE_ID },
    control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID },
    toggles: { collection: SYMBOL_TOGGLES, id: SYMBOL_TOGGLES_ID },
    markets: { collection: MARKETS, id: deps.venueName },
    heartbeat: { collection: HEARTBEATS, id: 'screen' },
    syncHeartbeat: { collection: HEARTBEATS, id: 'sync' },
  });
}

/** Quotes and marks in one call each, candles per timeframe: one batch, whatever the number of strategies. Then the books of those to be entered. */
async function readAll(deps: EngineDeps, due: readonly DueCandle[], risk: RiskState): Promise<MarketReading & { readonly candles: CandleBook }> {
  const symbols = [...new Set(due.map((candle) => candle.symbol))];
  const byTimeframe = Map.groupBy(due, (candle) => candle.strategy.timeframe);
  const [prices, ...series] = await Promise.all([
    readPrices(deps, symbols),
    ...[...byTimeframe].flatMap(([timeframe, candles]) => batchesOf(candles).map((batch) => readCandles(deps, timeframe, batch))),
  ]);
  const candles = new Map(series.flat());
  return { ...prices, books: await readBooks(deps, entrySymbols(due, candles, risk)), candles };
}

/** A symbol that nothing may enter any more is read apart from the others: should the venue list it no more, it must not blind us to them. */
function batchesOf(due: readonly DueCandle[]): readonly (readonly DueCandle[])[] {
  const open = new Set(due.filter(({ entryBar }) => entryBar === null).map(({ symbol }) => symbol));
  return [...Map.groupBy(due, ({ symbol }) => (open.has(symbol) ? null : symbol)).values()];
}

async function readCandles(deps: EngineDeps, timeframe: Timeframe, due: readonly DueCandle[]): Promise<(readonly [string, CandleBook extends ReadonlyMap<string, infer C> ? C : never])[]> {
  const symbols = [...new Set(due.map((candle) => candle.symbol))];
  const count = Math.max(...due.map((candle) => candlesNeeded(candle.strategy)));
  const reading = await deps.venue.candles(symbols, timeframe, count);
  // An unreadable market makes its candles undecided: they stay due and are looked at by the next tick.
  if (reading.kind === 'unavailable') return [];
  return reading.value.map((one) => [seriesKey(timeframe, one.symbol), one.candles] as const);
}

/** Written with the tick because they differ from what is stored; null where they do not. */
interface Turns {
  readonly turned: LearnedHealth | null;
  readonly beat: Heartbeat | null;
}

async function commit(deps: EngineDeps, tx: Transaction, tick: TickRecord, due: readonly DueCandle[], decided: Decisions, { turned, beat }: Turns): Promise<void> {
  const vetoed = decided.decisions.filter((decision) => decision.outcome === 'vetoed');
  const windowMs = deps.config.runtime.vetoWindowMinutes * 60_000;
  const floods = vetoFloodIds(vetoed, tick.startedAt, windowMs);
  const got = await tx.get({ tick: { collection: TICKS, id: tick.tickId }, screen: { collection: SCREEN_STATE, id: SCREEN_STATE_ID } });
  // Written by an overlapping run, or by this body before: either way the tick is done and its work is in the outbox.
  if (got.tick !== null) return;
  const known = await tx.get(Object.fromEntries(floods.map(({ id }) => [id, { collection: VETOES, id }])));
  const before = got.screen ?? NOTHING_DECIDED;
  const now = decidedNow(due, decided, before);
  tx.create(TICKS, tick.tickId, tick);
  if (turned !== null) tx.set(LEARNED_HEALTH, LEARNED_HEALTH_ID, turned);
  if (beat !== null) tx.set(HEARTBEATS, 'screen', beat);
  if (now.size > 0) {
    const refusals = withRefusals(before.refusals, vetoed, tick.startedAt, deps.config.runtime.alerts.vetoStorm.windowMinutes * 60_000);
    tx.set(SCREEN_STATE, SCREEN_STATE_ID, { decidedCandleAt: { ...before.decidedCandleAt, ...Object.fromEntries(now) }, refusals });
  }
  for (const { id, decision } of floods) {
    tx.set(VETOES, id, withVeto(known[id] ?? null, decision, tick.startedAt, deps.config.runtime.vetoRetentionDays * DAY_MS));
  }
  for (const intent of decided.intents) {
    if (now.has(decisionKey(intent.signal?.strategy ?? '', intent.symbol))) writeIntent(tx, intent);
  }
  for (const flip of decided.flips) {
    if (now.has(decisionKey(flip.strategy, flip.symbol))) tx.create(FLIPS, flip.closeIntentId, flip);
  }
}

/** Candles this tick decides: not those that could not be read, nor those that an overlapping tick has decided meanwhile. */
function decidedNow(due: readonly DueCandle[], decided: Decisions, state: ScreenState): ReadonlyMap<string, EpochMs> {
  const skipped = new Set(decided.decisions.filter((decision) => decision.outcome === 'skipped').map((decision) => decisionKey(decision.strategy, decision.symbol)));
  return new Map(
    due
      .map((candle) => [decisionKey(candle.strategy.name, candle.symbol), candle.closeAt] as const)
      .filter(([key, closeAt]) => !skipped.has(key) && isUndecided(state, key, closeAt)),
  );
}

function tickOf(deps: EngineDeps, id: string, scheduledAt: EpochMs, startedAt: EpochMs, decided: Decisions, navUsd: string | null): TickRecord {
  const count = (outcome: string): number => decided.decisions.filter((decision) => decision.outcome === outcome).length;
  const skipped = decided.decisions.filter((decision) => decision.outcome === 'skipped');
  const signals = decided.decisions.filter((decision) => decision.signal !== null).length;
  return {
    tickId: id,
    job: 'screen',
    summary: `${decided.decisions.length} candles, ${signals} signals, ${decided.intents.length} intents, ${count('vetoed')} vetoed, ${count('abstained')} abstained`,
    outcome: skipped.length === 0 ? 'ok' : 'degraded',
    problems: skipped.map((decision) => `${decision.symbol}: ${decision.reason}`),
    scheduledAt,
    startedAt,
    finishedAt: deps.clock.now(),
    decisions: [...decided.decisions],
    signals,
    intents: decided.intents.length,
    swept: 0,
    navUsd,
    cost: deps.costs.take(),
    expireAt: startedAt + deps.config.runtime.tickRetentionDays * DAY_MS,
  };
}
