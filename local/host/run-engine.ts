/** Boots the servers, loads the deployed functions beside them, and drives both through the wanted hours. */
import type { RequestListener } from 'node:http';
import type { Host } from '../../functions/src/compose/host.ts';
import type { LogSink } from '../../functions/src/log/log.ts';
import { firesAt } from '../../functions/src/schema/config/unix-cron.ts';
import type { MarketFeed } from '../venue/market/market-feed.ts';
import type { DataFolder, RunState } from './data-folder.ts';
import { drive } from './driver.ts';
import type { Driven } from './driver.ts';
import { runMessage, runSchedule } from './functions-host.ts';
import type { EngineFunctions } from './functions-host.ts';
import { LOCAL_OPERATOR, runHttps } from './https-function.ts';
import type { ConfigText } from './local-config.ts';
import { SimulatedTime } from './simulated-time.ts';
import { PROJECT, startStack } from './stack.ts';
import type { Stack } from './stack.ts';

const MINUTE_MS = 60_000;
/** How long work under way may take to come to rest after the last screened minute. */
const WIND_DOWN_MINUTES = 15;

export interface EngineRun {
  readonly market: MarketFeed;
  readonly data: DataFolder;
  readonly state: RunState;
  readonly untilAt: number;
  readonly configText: ConfigText;
  readonly port: number | null;
  readonly pace: number;
  readonly logSink: LogSink;
  /** Wraps every step of the engine, for whoever measures them. */
  readonly step?: Host['step'];
  /** Told once, when the servers are up and before anything runs on them; `control` answers as the deployed function does. */
  readonly onStarted?: (stack: Stack, control: RequestListener) => Promise<void>;
  readonly onMinute: (at: number, stack: Stack) => void;
}

export interface EngineEnd {
  readonly stack: Stack;
  readonly nowAt: number;
  readonly minutes: number;
}

/** The servers stay up for whoever reads the result; closing the stack is the caller's. */
export async function runEngine(run: EngineRun): Promise<EngineEnd> {
  const time = new SimulatedTime(run.state.nowAt);
  const loaded = Promise.withResolvers<EngineFunctions>();
  const stack = await startStack({
    market: run.market,
    timers: time,
    data: run.data,
    port: run.port,
    deliver: async (subscription, message) => {
      // Messages kept from an earlier process arrive before the functions are loaded.
      return deliver(time, await loaded.promise, subscription, message);
    },
  });
  Object.assign(process.env, stack.env);
  const acts: Acts = { worked: Promise.resolve(), workOff: null };
  await run.onStarted?.(stack, (request, response) => void control(time, loaded.promise, acts, request, response));
  const functions = await loadFunctions(run, time);
  loaded.resolve(functions);
  const { engineConfig } = await import('../../functions/src/compose/settings.ts');
  const driven = drivenBy(run, time, stack, functions, engineConfig().runtime.schedules.learn);
  const startedAt = time.now();
  await drive(driven, run.untilAt);
  await windDown(driven, time, functions);
  acts.workOff = async () => {
    if (await hasOpenWork()) await windDown(driven, time, functions);
  };
  return { stack, nowAt: time.now(), minutes: Math.round((Math.min(time.now(), run.untilAt) - startedAt) / MINUTE_MS) };
}

async function loadFunctions(run: EngineRun, time: SimulatedTime): Promise<EngineFunctions> {
  const { installHost } = await import('../../functions/src/compose/host.ts');
  let runs = 0;
  installHost({
    clock: time,
    newRunId: () => `run-${run.state.boots}-${(runs += 1)}`,
    logSink: run.logSink,
    identities: LOCAL_OPERATOR,
    configText: run.configText,
    ...(run.step === undefined ? {} : { step: run.step }),
  });
  return import('../../functions/src/index.ts');
}

/** What operators ask for after the end: time has stopped, and goes on only as long as their work takes. */
interface Acts {
  /** Ends when all that was asked for so far is done. */
  worked: Promise<void>;
  /** Null while the run drives time itself. */
  workOff: (() => Promise<void>) | null;
}

/** An operator's act takes its turn like everything that happens. Never rejects: a failure is the answer. */
async function control(time: SimulatedTime, loaded: Promise<EngineFunctions>, acts: Acts, ...[request, response]: Parameters<RequestListener>): Promise<void> {
  try {
    const functions = await loaded;
    await time.invoke(() => runHttps(functions.control, request, response));
    const { workOff: toDo } = acts;
    if (toDo !== null) acts.worked = acts.worked.then(toDo, toDo);
    await acts.worked;
  } catch (error) {
    response.destroy(error instanceof Error ? error : undefined);
  }
}

async function deliver(time: SimulatedTime, functions: EngineFunctions, subscription: string, message: Parameters<typeof runMessage>[3]): Promise<'ack'> {
  const topic = subscription.split('/').at(-1) ?? '';
  const woken = topic === 'order-intents' ? functions.execute : functions.confirm;
  await time.invoke(() => runMessage(woken, `projects/${PROJECT}/topics/${topic}`, subscription, message));
  return 'ack';
}

function drivenBy(run: EngineRun, time: SimulatedTime, stack: Stack, functions: EngineFunctions, learnSchedule: string): Driven {
  return {
    time,
    pace: run.pace,
    isQuiet: () => isQuiet(time, stack),
    onMove: (at) => {
      stack.venue.advanceTo(at);
      run.data.save({ ...run.state, nowAt: at });
    },
    runMinute: async (at) => {
      await time.invoke(() => runSchedule(functions.sync, 'sync', at));
      await time.invoke(() => runSchedule(functions.screen, 'screen', at));
      if (firesAt(learnSchedule, at)) await time.invoke(() => runSchedule(functions.learn, 'learn', at));
      run.onMinute(at, stack);
    },
  };
}

/** Whatever is in flight sleeps, and nothing waits to be delivered now. */
export function isQuiet(time: SimulatedTime, stack: Pick<Stack, 'pubsub'>): boolean {
  const { ready, withoutConsumer, inFlight } = stack.pubsub.backlog();
  return ready === withoutConsumer && inFlight === time.sleeping;
}

/** Syncs on, screening nothing new, until no work is open: the books are compared at rest. */
async function windDown(driven: Driven, time: SimulatedTime, functions: EngineFunctions): Promise<void> {
  const runMinute = (at: number): Promise<void> => time.invoke(() => runSchedule(functions.sync, 'sync', at));
  for (let minute = 0; minute < WIND_DOWN_MINUTES; minute += 1) {
    await drive({ ...driven, runMinute }, time.now() - (time.now() % MINUTE_MS) + MINUTE_MS);
    if (minute > 0 && !(await hasOpenWork())) return;
  }
}

async function hasOpenWork(): Promise<boolean> {
  const { openStore } = await import('../../functions/src/compose/open-store.ts');
  const { OUTBOX } = await import('../../functions/src/schema/records/outbox-entry.ts');
  const store = await openStore('wind-down');
  const open = await store.query({ collection: OUTBOX, where: [{ field: 'state', op: '==', value: 'open' }], limit: 1 });
  return open.length > 0;
}
