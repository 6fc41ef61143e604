/**
 * The whole engine in one process and in simulated time: real use cases on the memory store, the simulated venue and
 * the memory bus. Messages and schedules come as a test wants them, a run can be killed at any step, and then time goes
 * on: sweeps and redeliveries until nothing is open.
 */
import type { EngineDeps } from '../../../functions/src/app/engine-deps.ts';
import { confirm } from '../../../functions/src/app/orders/confirm.ts';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { learn } from '../../../functions/src/app/learn/learn.ts';
import { screen } from '../../../functions/src/app/screen/screen.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import { createMemoryBus } from '../../../functions/src/adapters/bus-memory/memory-bus.ts';
import type { MemoryBus, PublishFault } from '../../../functions/src/adapters/bus-memory/memory-bus.ts';
import { createMemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import type { CommitFault, MemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import { createSimulatedVenue } from '../../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import type { CandleHistory } from '../../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import type { Fault, FaultPlan } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';
import type { Exchange } from '../../../functions/src/domain/matching/exchange.ts';
import type { AlertSinks } from '../../../functions/src/ports/alert-sink.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import type { EngineConfig } from '../../../functions/src/schema/config/engine-config.ts';
import { ALL_FLAGS_OFF } from '../../../functions/src/schema/feature-flags.ts';
import type { FeatureFlags } from '../../../functions/src/schema/feature-flags.ts';
import { OUTBOX } from '../../../functions/src/schema/records/outbox-entry.ts';
import { CrashPlan } from './crash-plan.ts';
import type { CrashPoint } from './crash-plan.ts';
import { DELIVERIES } from './deliveries.ts';
import type { DeliveryMode } from './deliveries.ts';
import { compiled, engineRun, testConfig } from './engine-run.ts';
import { candlesWithDip, scriptedMarket } from './scripted-market.ts';
import type { MakerFills, ScriptedMarket } from './scripted-market.ts';
import { SimulatedTime } from './simulated-time.ts';

const MINUTE_MS = 60_000;
const LEFTOVER_CHECK_MS = 15 * MINUTE_MS;

/** The first sync. A minute later the candle of the dip has closed. */
export const START = Date.UTC(2026, 0, 15, 12, 19);
export const ENTRY_AT = START + MINUTE_MS;

export interface WorldOptions {
  readonly config?: EngineConfig;
  readonly makerFills?: MakerFills;
  /** What is quoted; BTCUSDT alone unless told otherwise. */
  readonly symbols?: readonly string[];
  /** Flat but for a dip at the entry unless told otherwise. */
  readonly candles?: CandleHistory;
  readonly crash?: CrashPoint;
  readonly delivery?: DeliveryMode;
  readonly venueFault?: FaultPlan;
  readonly commitFault?: () => CommitFault;
  readonly rerun?: (attempt: number) => boolean;
  readonly flags?: Partial<FeatureFlags>;
  /** What signals are judged by a second time; needs one of the shadow flags. */
  readonly shadow?: EngineConfig;
  readonly publishFault?: () => PublishFault;
  /** Who is told of alerts; the config has to name them. */
  readonly sinks?: AlertSinks;
}

const DEFAULT_CONFIG = compiled(testConfig());

const JOBS = { sync, screen, learn } as const;
type Job = keyof typeof JOBS;

type UseCase = (deps: EngineDeps) => Promise<void>;

export class World {
  readonly time: SimulatedTime;
  readonly market: ScriptedMarket;
  readonly store: MemoryStore;
  readonly venue: Venue;
  readonly bus: MemoryBus;
  readonly crashes: CrashPlan;
  readonly logLines: string[] = [];
  /** Why runs failed, in order: killed, or by an error that the trigger would have thrown. */
  readonly failures: Error[] = [];
  #config: ReturnType<typeof compiled>;
  readonly #flags: FeatureFlags;
  readonly #shadow: EngineDeps['shadow'];
  readonly #delivery: DeliveryMode;
  readonly #sinks: AlertSinks;
  #runs = 0;

  constructor(options: WorldOptions = {}) {
    const later = (delayMs: number, run: () => void): void => this.time.later(delayMs, run);
    this.#config = options.config === undefined ? DEFAULT_CONFIG : compiled(options.config);
    this.#flags = { ...ALL_FLAGS_OFF, ...options.flags };
    this.#shadow = options.shadow === undefined ? null : { ...compiled(options.shadow), configHash: 'shadow' };
    this.#delivery = options.delivery ?? 'redelivered';
    this.#sinks = options.sinks ?? new Map();
    this.crashes = new CrashPlan(options.crash ?? null);
    this.time = new SimulatedTime(START, (at) => this.market.refresh(at));
    this.market = scriptedMarket({
      startAt: START,
      symbols: options.symbols ?? ['BTCUSDT'],
      makerFills: options.makerFills ?? { share: '0.5', afterMs: 3000 },
      later,
    });
    const stamp = { engineVersion: 'test', configHash: 'test', flags: 'none', runId: () => 'test', now: () => this.time.now() };
    const { commitFault = () => 'none', rerun = () => false, venueFault = () => 'none', publishFault = () => 'none' } = options;
    this.store = createMemoryStore({ namespace: 'paper', stamp, commitFault, rerun });
    this.venue = createSimulatedVenue({ exchange: this.exchange, clock: this.time, candles: options.candles ?? candlesWithDip(ENTRY_AT), fault: (call, phase) => this.#withArrival(venueFault(call, phase)) });
    const { fate, retryMs } = DELIVERIES[this.#delivery];
    this.bus = createMemoryBus({ later, fate: () => fate, retryMs, publishFault });
    this.bus.subscribe('order-intents', (wakeUp) => this.invoke((deps) => execute(deps, wakeUp)));
    this.bus.subscribe('order-checks', (wakeUp) => this.invoke((deps) => confirm(deps, wakeUp)));
  }

  get exchange(): Exchange {
    return this.market.exchange;
  }

  /** A late request arrives when its receive window ends, and for that the exchange must be asked something then. */
  #withArrival(fault: Fault): Fault {
    if (fault === 'late') this.time.later(this.venue.receiveWindowMs, () => void this.venue.openOrders());
    return fault;
  }

  /** What a run of its own gets; `kill` ends it. */
  deps(kill: (reason: Error) => void = () => undefined): EngineDeps {
    const { store, venue, bus, time, logLines } = this;
    const runId = `run-${(this.#runs += 1)}`;
    return engineRun(this.#config, { store, venue, bus, clock: time, step: this.crashes.stepOf(kill), runId, flags: this.#flags, shadow: this.#shadow, openSinks: () => Promise.resolve(this.#sinks) }, logLines);
  }

  /** Every run from here on has this configuration. */
  redeploy(config: EngineConfig): void {
    this.#config = compiled(config);
  }

  /** Runs a use case as the platform would; rejects when the run failed or its process was killed. */
  async invoke(useCase: UseCase): Promise<void> {
    const killed = Promise.withResolvers<never>();
    try {
      await Promise.race([useCase(this.deps(killed.reject)), killed.promise]);
    } catch (error) {
      this.failures.push(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  /** Runs these jobs at every minute from now until told to stop, each as often as the deliveries of this world say. */
  schedule(...jobs: readonly Job[]): () => void {
    let stopped = false;
    const minute = (): void => {
      if (stopped) return;
      for (const job of jobs) this.#runJob(job, this.time.now());
      this.time.later(MINUTE_MS, minute);
    };
    this.time.later(0, minute);
    return () => {
      stopped = true;
    };
  }

  #runJob(job: Job, scheduledAt: number): void {
    const { fate, retryMs } = DELIVERIES[this.#delivery];
    const useCase = JOBS[job];
    const run = async (): Promise<void> => {
      try {
        await this.invoke((deps) => useCase(deps, scheduledAt));
      } catch {
        // `invoke` has noted why; the scheduler only knows that it has to try again.
        if (retryMs !== null) this.time.later(retryMs, () => void run());
      }
    };
    for (const delayMs of fate) this.time.later(delayMs, () => void run());
  }

  /** What a person asks for now: repeated by them until it succeeds, whatever the platform does. */
  request(useCase: UseCase): void {
    const run = async (): Promise<void> => {
      try {
        await this.invoke(useCase);
      } catch {
        // `invoke` has noted why; a person whose request failed sends it again.
        this.time.later(10_000, () => void run());
      }
    };
    for (const delayMs of DELIVERIES[this.#delivery].fate) this.time.later(delayMs, () => void run());
  }

  /** Lets time pass to `at`, then on until nothing is open, and past the quarter of an hour at which sync also looks for stops left behind. */
  async runUntilQuiet(at: number, withinMinutes = 30): Promise<void> {
    await this.time.runUntil(at);
    for (let minute = 0; (await this.#isOpen()) || this.bus.outstanding > 0; minute += 1) {
      if (minute === withinMinutes) throw new Error(`work is still open ${withinMinutes} minutes after ${at}:\n${this.logLines.slice(-20).join('\n')}`);
      await this.time.runUntil(this.time.now() + MINUTE_MS);
    }
    const now = this.time.now();
    await this.time.runUntil(now - (now % LEFTOVER_CHECK_MS) + LEFTOVER_CHECK_MS + 2 * MINUTE_MS);
  }

  async #isOpen(): Promise<boolean> {
    const open = await this.store.query({ collection: OUTBOX, where: [{ field: 'state', op: '==', value: 'open' }], limit: 1 });
    return open.length > 0;
  }
}
