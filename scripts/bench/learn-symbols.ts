/** What one run of learn costs with 200 symbols that trade all day, and whether a month of runs leaves anything behind. */
import { learn } from '../../functions/src/app/learn/learn.ts';
import type { LearnDeps } from '../../functions/src/app/learn/learn-deps.ts';
import { createMemoryStore } from '../../functions/src/adapters/store-memory/memory-store.ts';
import type { MemoryStore } from '../../functions/src/adapters/store-memory/memory-store.ts';
import { meteredStore } from '../../functions/src/adapters/store-metered/metered-store.ts';
import { createLog } from '../../functions/src/log/log.ts';
import { LEARNING_DAYS } from '../../functions/src/schema/records/learning-day.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../functions/src/schema/records/nav-state.ts';
import type { NavState } from '../../functions/src/schema/records/nav-state.ts';
import { ROUTES } from '../../functions/src/schema/records/route-record.ts';
import type { RouteRecord } from '../../functions/src/schema/records/route-record.ts';
import { ROUTER_METRICS } from '../../functions/src/schema/records/router-bucket.ts';
import { TICKS } from '../../functions/src/schema/records/tick.ts';
import { TRADES, tradeId } from '../../functions/src/schema/records/trade.ts';
import type { TradeRecord } from '../../functions/src/schema/records/trade.ts';
import { benchConfig, benchSymbols } from './bench-config.ts';
import { calibrationMs } from './calibration.ts';
import type { Figure } from './figure.ts';
import { heldHeapMb } from './heap.ts';
import { NOW, quietAccount } from './quiet-account.ts';

const SYMBOLS = 200;
const TRADES_A_DAY = 24;
const DAYS = 30;
/** A day is learned from in as many runs, as few as keep up with the hours of routes that one run reads; the last ones read all its trades again. */
const RUNS_A_DAY = 8;
/** From here on every document that learning keeps is there, so memory has to stay where it is. */
const SETTLED_DAY = 10;
const LOOKBACK_DAYS = 7;
const DAY_MS = 86_400_000;
const CPU_CEILING_MS = 2000;
const WRITES_CEILING = 20;
const GROWTH_CEILING_MB = 5;
const FLAGS = { intel: true, riskEngineShadow: true, pipelineShadow: true, routerAutotune: true, feedbackAllocator: true, routerAutotuneApply: true };

const under = (value: number) => ({ kind: 'ceiling', value, holds: 'always' }) as const;

export async function measureLearn(): Promise<readonly Figure[]> {
  const loopMs = calibrationMs();
  const symbols = benchSymbols(SYMBOLS);
  const { config } = benchConfig(symbols);
  let now = NOW;
  const store = createMemoryStore({ namespace: 'paper', stamp: { engineVersion: 'bench', configHash: 'bench', flags: 'none', runId: () => 'bench', now: () => now } });
  const intel = { ...config.intel, lookbackDays: LOOKBACK_DAYS, apply: { ...config.intel.apply, symbols: [...symbols] } };
  const deps: Omit<LearnDeps, 'store'> = { clock: { now: () => now, sleep: () => Promise.resolve() }, config: { ...config, intel }, flags: FLAGS, log: createLog(() => undefined), step: (_name, effect) => effect(), costs: { take: () => ({ documentsRead: 0, documentsWritten: 0, documentsDeleted: 0, venueCalls: 0, cpuMs: 0, runs: 0, busyMs: 0 }), giveBack: () => undefined, end: () => undefined } };
  const quiet = quietAccount(config, symbols).nav;
  if (quiet === null) throw new Error('the account at rest has no NAV to learn with');
  const runs: { readonly ms: number; readonly writes: number }[] = [];
  const heldMb: number[] = [];
  for (let day = 0; day < DAYS; day += 1) {
    for (let part = 1; part <= RUNS_A_DAY; part += 1) {
      const from = now;
      now += DAY_MS / RUNS_A_DAY;
      await write(store, tradesOf(symbols, from, now), { ...quiet, valueAt: now, checkedAt: now });
      runs.push(await measured(store, deps, now));
    }
    await forget(store, now);
    // Every day: tables that have been outgrown are given back by a collection, and would otherwise be weighed by chance.
    heldMb.push(heldHeapMb());
  }
  const growthMb = Math.max((heldMb.at(-1) ?? Number.NaN) - (heldMb[SETTLED_DAY] ?? Number.NaN), 0);
  const ms = Math.max(...runs.slice(-RUNS_A_DAY).map((run) => run.ms));
  const writes = Math.max(...runs.map((run) => run.writes));
  const note = `CPU, dearest run of a day: ${SYMBOLS} symbols, ${SYMBOLS * TRADES_A_DAY} trades a day, window of ${LOOKBACK_DAYS} days`;
  return [
    { name: 'learn_200_symbols_ms', value: ms, unit: 'ms', bound: under(CPU_CEILING_MS), comparison: { ratio: ms / loopMs, to: 'a calibration loop' }, judged: { by: 'ratio', better: 'less' }, note },
    { name: 'learn_200_symbols_writes', value: writes, unit: 'docs', bound: under(WRITES_CEILING), comparison: null, judged: { by: 'value', better: 'less' }, note: `dearest run of ${DAYS} days` },
    { name: 'learn_heap_growth_mb', value: growthMb, unit: 'MB', bound: under(GROWTH_CEILING_MB), comparison: null, judged: null, note: `held after ${DAYS} simulated days more than after ${SETTLED_DAY}` },
  ];
}

/** Nothing waits: the store is memory, so the CPU of the thread is that of the run. */
async function measured(store: MemoryStore, deps: Omit<LearnDeps, 'store'>, at: number): Promise<{ readonly ms: number; readonly writes: number }> {
  const metered = meteredStore(store);
  const before = process.threadCpuUsage();
  await learn({ ...deps, store: metered }, at);
  const { user, system } = process.threadCpuUsage(before);
  return { ms: (user + system) / 1000, writes: metered.cost().documentsWritten };
}

async function write(store: MemoryStore, trades: readonly TradeRecord[], nav: NavState): Promise<void> {
  await store.commit((writer) => {
    for (const trade of trades) writer.set(TRADES, tradeId(trade.symbol, trade.positionSide, trade.openedAt, trade.openedBy), trade);
    for (const route of routesOf(trades)) writer.set(ROUTES, route.intentId, route);
    writer.set(NAV_STATE, NAV_STATE_ID, nav);
  });
}

/** Spread over the time between two runs, in amounts that change. */
function tradesOf(symbols: readonly string[], from: number, until: number): readonly TradeRecord[] {
  const perRun = TRADES_A_DAY / RUNS_A_DAY;
  return symbols.flatMap((symbol, nth) =>
    Array.from({ length: perRun }, (_, index): TradeRecord => {
      const closedAt = from + Math.floor(((index + 0.5) * (until - from)) / perRun) + nth;
      const netUsd = ((nth + index) % 7) - 2;
      return {
        summary: '', symbol, positionSide: 'long', strategy: 'zscore-5m', openedBy: `${nth}`, intentIds: [], closedBy: 'intent', qty: '1', entryNotionalUsd: '1000', averageEntryPrice: '100', averageExitPrice: '100.1',
        realizedPnlUsd: String(netUsd + 1), feesUsd: '1', fundingUsd: '0', netPnlUsd: String(netUsd), openedAt: closedAt - 600_000, closedAt,
      };
    }),
  );
}

/** The way in and the way out of each trade: entries rest, every third falls back to taker; exits take. */
function routesOf(trades: readonly TradeRecord[]): readonly RouteRecord[] {
  return trades.flatMap((trade, index) => [
    routeOf(`${trade.symbol}-${trade.openedAt}-in`, trade, 'open', trade.openedAt, index % 3 === 0),
    routeOf(`${trade.symbol}-${trade.closedAt}-out`, trade, 'close', trade.closedAt, false),
  ]);
}

function routeOf(intentId: string, { symbol, positionSide, strategy, qty, entryNotionalUsd }: TradeRecord, purpose: 'open' | 'close', endedAt: number, usedFallback: boolean): RouteRecord {
  const startedMaker = purpose === 'open';
  const isMaker = startedMaker && !usedFallback;
  return {
    summary: '', intentId, symbol, side: purpose === 'open' ? 'buy' : 'sell', positionSide, purpose, strategy, outcome: 'settled',
    policy: { quality: 'ok', makerFirst: true, takerBias: 'balanced', offsetBps: 0, source: 'routerHealth', reason: 'ok' },
    startedMaker, route: isMaker ? 'maker' : 'taker', usedFallback, attempts: usedFallback ? 2 : 1, slices: 1, postOnlyRejections: 0, rejections: 0, requotes: 0, cancels: usedFallback ? 1 : 0,
    approvedQty: qty, executedQty: qty, makerQty: isMaker ? qty : '0', executedNotionalUsd: entryNotionalUsd, feesUsd: '0.2', arrivalMid: '100', averagePrice: '100.01', slippageBps: 1, ackLatencyMs: 80, workedMs: 4000,
    approvedAt: endedAt - 4000, endedAt, expireAt: endedAt + DAY_MS,
  };
}

/** What expires, and trades and routes that learning has summed up: a month of them would be the store's memory, not learning's. */
async function forget(store: MemoryStore, now: number): Promise<void> {
  const old = now - 2 * DAY_MS;
  const trades = await store.query({ collection: TRADES, where: [{ field: 'closedAt', op: '<', value: old }], limit: 100_000 });
  const ticks = await store.query({ collection: TICKS, where: [{ field: 'startedAt', op: '<', value: old }], limit: 10_000 });
  const routes = await store.query({ collection: ROUTES, where: [{ field: 'endedAt', op: '<', value: old }], limit: 100_000 });
  const hours = await store.query({ collection: ROUTER_METRICS, where: [{ field: 'startAt', op: '<', value: now - (LOOKBACK_DAYS + 2) * DAY_MS }], limit: 1000 });
  const days = await store.query({ collection: LEARNING_DAYS, where: [{ field: 'computedAt', op: '<', value: now - (LOOKBACK_DAYS + 2) * DAY_MS }], limit: 1000 });
  await store.commit((writer) => {
    for (const { id } of trades) writer.delete(TRADES, id);
    for (const { id } of routes) writer.delete(ROUTES, id);
    for (const { id } of hours) writer.delete(ROUTER_METRICS, id);
    for (const { id } of ticks) writer.delete(TICKS, id);
    for (const { id } of days) writer.delete(LEARNING_DAYS, id);
  });
}
