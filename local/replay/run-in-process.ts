/**
 * The deployed functions on a market feed in one process and in simulated time, without a wire: the same decisions as
 * over real sockets, many times as fast.
 */
import { runMessage, runSchedule } from '../host/functions-host.ts';
import type { EngineFunctions } from '../host/functions-host.ts';
import type { ConfigText } from '../host/local-config.ts';
import { drive } from '../host/driver.ts';
import type { Driven } from '../host/driver.ts';
import { SimulatedTime } from '../host/simulated-time.ts';
import { PROJECT } from '../host/stack.ts';
import { firesAt } from '../../functions/src/schema/config/unix-cron.ts';
import type { MarketFeed } from '../venue/market/market-feed.ts';
import { inProcessStack } from './in-process-stack.ts';
import type { InProcessStack } from './in-process-stack.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** How long work under way may take to come to rest after the last screened minute, as behind the wire. */
const WIND_DOWN_MINUTES = 15;

type ScheduledJob = 'sync' | 'screen' | 'learn';

export interface InProcessRun {
  readonly feed: MarketFeed;
  readonly startAt: number;
  readonly untilAt: number;
  readonly configText: ConfigText;
  /** Which jobs run at a minute; null runs each by its schedule, and then waits for the work to come to rest. */
  readonly jobsAt: ((job: ScheduledJob, at: number) => boolean) | null;
  readonly onMinute: (at: number) => void;
  readonly onError: (message: string) => void;
}

/** One run a process: the engine keeps its configuration for the life of its process. */
export async function runInProcess(run: InProcessRun): Promise<InProcessStack> {
  const time = new SimulatedTime(run.startAt);
  const loaded: { functions: EngineFunctions | null } = { functions: null };
  let messages = 0;
  const woken = (topic: 'order-intents' | 'order-checks') => async (wakeUp: { readonly intentId: string }): Promise<void> => {
    const { functions } = loaded;
    if (functions === null) throw new Error('a message came before the functions were loaded');
    const message = { messageId: String((messages += 1)), publishTimeMs: time.now(), data: Buffer.from(JSON.stringify(wakeUp)), attributes: {}, orderingKey: '' };
    await time.invoke(() => runMessage(topic === 'order-intents' ? functions.execute : functions.confirm, `projects/${PROJECT}/topics/${topic}`, topic, message));
  };
  const stack = inProcessStack(run.feed, time, () => ({ 'order-intents': woken('order-intents'), 'order-checks': woken('order-checks') }));
  const functions = await loadFunctions(run, time, stack);
  loaded.functions = functions;
  const { engineConfig } = await import('../../functions/src/compose/settings.ts');
  const { learn } = engineConfig().runtime.schedules;
  const jobsAt = run.jobsAt ?? ((job, at) => job !== 'learn' || firesAt(learn, at));
  const driven: Driven = {
    time,
    pace: 0,
    isQuiet: () => stack.due() === 0 && stack.running() === time.sleeping,
    onMove: (at) => stack.engine.advanceTo(at),
    runMinute: async (at) => {
      for (const job of ['sync', 'screen', 'learn'] as const) {
        if (jobsAt(job, at)) await time.invoke(() => runSchedule(functions[job], job, at));
      }
      if (at % DAY_MS === 0) stack.store.expire(at);
      run.onMinute(at);
    },
  };
  await drive(driven, run.untilAt);
  if (run.jobsAt === null) await windDown(driven, functions, stack);
  return stack;
}

async function loadFunctions(run: InProcessRun, time: SimulatedTime, stack: InProcessStack): Promise<EngineFunctions> {
  const { installHost } = await import('../../functions/src/compose/host.ts');
  let runs = 0;
  installHost({
    clock: time,
    newRunId: () => `replay-${(runs += 1)}`,
    cpuMs: () => 0,
    logSink: (severity, message) => {
      if (severity === 'ERROR') run.onError(message);
    },
    configText: run.configText,
    variables: { GCLOUD_PROJECT: PROJECT, TRADING_ENV: 'paper' },
    inProcess: { store: stack.store, venue: stack.venue, bus: stack.bus },
  });
  return import('../../functions/src/index.ts');
}

/** Syncs on, screening nothing new, until no work is open. */
async function windDown(driven: Driven, functions: EngineFunctions, stack: InProcessStack): Promise<void> {
  const { OUTBOX } = await import('../../functions/src/schema/records/outbox-entry.ts');
  const { time } = driven;
  const runMinute = (at: number): Promise<void> => time.invoke(() => runSchedule(functions.sync, 'sync', at));
  for (let minute = 0; minute < WIND_DOWN_MINUTES; minute += 1) {
    await drive({ ...driven, runMinute }, time.now() - (time.now() % MINUTE_MS) + MINUTE_MS);
    const open = await stack.store.query({ collection: OUTBOX, where: [{ field: 'state', op: '==', value: 'open' }], limit: 1 });
    if (open.length === 0 && minute > 0) return;
  }
}
