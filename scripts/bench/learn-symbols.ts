/** What one run of learn costs with 200 symbols that trade all day, and whether a month of runs leaves anything behind. */
import { learn } from '../../functions/src/app/learn.ts';
import type { LearnDeps } from '../../functions/src/app/learn.ts';
import { createMemoryStore } from '../../functions/src/adapters/store-memory/memory-store.ts';
import type { MemoryStore } from '../../functions/src/adapters/store-memory/memory-store.ts';
import { meteredStore } from '../../functions/src/adapters/store-metered/metered-store.ts';
import { createLog } from '../../functions/src/log/log.ts';
import { LEARNING_DAYS } from '../../functions/src/schema/records/learning-day.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../functions/src/schema/records/nav-state.ts';
import type { NavState } from '../../functions/src/schema/records/nav-state.ts';
import { ROUTER_HEALTH, ROUTER_HEALTH_ID } from '../../functions/src/schema/records/router-health.ts';
import type { RouterMetrics } from '../../functions/src/schema/records/router-health.ts';
import { TICKS } from '../../functions/src/schema/records/tick.ts';
import { TRADES, tradeId } from '../../functions/src/schema/records/trade.ts';
import type { TradeRecord } from '../../functions/src/schema/records/trade.ts';
import { benchConfig, benchSymbols } from './bench-config.ts';
import { calibrationMs } from './calibration.ts';
import type { Figure } from './figure.ts';
import { heldHeapMb } from './heap.ts';
import { NOW, quietAccount } from './quiet-account.ts';

const SYMBOLS = 200;
const TRADES_A_DAY = 20;
const DAYS = 30;
/** A day is learned from in as many runs; the last ones read all its trades again. */
const RUNS_A_DAY = 4;
/** From here on every document that learning keeps is there, so memory has to stay where it is. */
const SETTLED_DAY = 10;
const LOOKBACK_DAYS = 7;
const DAY_MS = 86_400_000;
const CPU_CEILING_MS = 2000;
const WRITES_CEILING = 20;
const GROWTH_CEILING_MB = 5;
const FLAGS = { intel: true, riskEngineShadow: false, pipelineShadow: false, routerAutotune: true, feedbackAllocator: true, routerAutotuneApply: true };

const under = (value: number) => ({ kind: 'ceiling', value, holds: 'always' }) as const;

export async function measureLearn(): Promise<readonly Figure[]> {
  const loopMs = calibrationMs();
  const symbols = benchSymbols(SYMBOLS);
  const { config } = benchConfig(symbols);
  let now = NOW;
  const store = createMemoryStore({ namespace: 'paper', stamp: { engineVersion: 'bench', configHash: 'bench', runId: () => 'bench', now: () => now } });
  const intel = { ...config.intel, lookbackDays: LOOKBACK_DAYS, apply: { ...config.intel.apply, symbols: [...symbols] } };
  const deps: Omit<LearnDeps, 'store'> = { clock: { now: () => now, sleep: () => Promise.resolve() }, config: { ...config, intel }, flags: FLAGS, log: createLog(() => undefined), step: (_name, effect) => effect() };
  const quiet = quietAccount(config, symbols).nav;
  if (quiet === null) throw new Error('the account at rest has no NAV to learn with');
  const runs: { readonly ms: number; readonly writes: number }[] = [];
  let settledMb = 0;
  for (let day = 0; day < DAYS; day += 1) {
    for (let part = 1; part <= RUNS_A_DAY; part += 1) {
      const from = now;
      now += DAY_MS / RUNS_A_DAY;
      await write(store, symbols, tradesOf(symbols, from, now), { ...quiet, valueAt: now, checkedAt: now }, now);
      runs.push(await measured(store, deps, now));
    }
    await forget(store, now);
    if (day === SETTLED_DAY) settledMb = heldHeapMb();
  }
  const growthMb = Math.max(heldHeapMb() - settledMb, 0);
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

async function write(store: MemoryStore, symbols: readonly string[], trades: readonly TradeRecord[], nav: NavState, now: number): Promise<void> {
  await store.commit((writer) => {
    for (const trade of trades) writer.set(TRADES, tradeId(trade.symbol, trade.positionSide, trade.openedAt, trade.openedBy), trade);
    writer.set(NAV_STATE, NAV_STATE_ID, nav);
    writer.set(ROUTER_HEALTH, ROUTER_HEALTH_ID, { summary: '', windowDays: 7, symbols: Object.fromEntries(symbols.map((symbol) => [symbol, metricsOf(symbol)])), routesReadUntilAt: now, computedAt: now });
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

function metricsOf(symbol: string): RouterMetrics {
  return {
    symbol, samples: 400, executedSamples: 400, isWarmup: false, warmupReason: null, makerShare: 0.75, makerStarts: 400, startedMakerShare: 0.75, fallbackRatio: 0.2, rejectionRatio: 0, slippageP25Bps: 0, slippageP50Bps: 1, slippageP75Bps: 2, slippageP95Bps: 3,
    ackLatencyP50Ms: 80, ackLatencyP95Ms: 200, quality: 'good', regime: 'maker_strong', makerFirst: true, takerBias: 'balanced', offsetBps: 2, reason: 'good',
  };
}

/** What expires, and trades that learning has summed up: a month of them would be the store's memory, not learning's. */
async function forget(store: MemoryStore, now: number): Promise<void> {
  const old = now - 2 * DAY_MS;
  const trades = await store.query({ collection: TRADES, where: [{ field: 'closedAt', op: '<', value: old }], limit: 100_000 });
  const ticks = await store.query({ collection: TICKS, where: [{ field: 'startedAt', op: '<', value: old }], limit: 10_000 });
  const days = await store.query({ collection: LEARNING_DAYS, where: [{ field: 'computedAt', op: '<', value: now - (LOOKBACK_DAYS + 2) * DAY_MS }], limit: 1000 });
  await store.commit((writer) => {
    for (const { id } of trades) writer.delete(TRADES, id);
    for (const { id } of ticks) writer.delete(TICKS, id);
    for (const { id } of days) writer.delete(LEARNING_DAYS, id);
  });
}
