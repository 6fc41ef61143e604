/**
 * Trades on the local stack and kills the engine's process (SIGKILL) again and again. After each restart the engine
 * takes up what was left, and once it is quiet its records and the venue's books must keep every promise.
 *
 * 1. Firestore, Pub/Sub and the venue run in this process and survive, as they do outside; what the dead engine had sent
 *    may still arrive.
 * 2. Work that dies is lost (schedules) or comes again by its retry policy (messages), as on the platform.
 * 3. A promise may take as many syncs to be kept again as the engine allows itself, no more.
 */
import { join } from 'node:path';
import { openStore } from '../../functions/src/compose/open-store.ts';
import type { Store } from '../../functions/src/ports/store.ts';
import { OUTBOX } from '../../functions/src/schema/records/outbox-entry.ts';
import { firesAt } from '../../functions/src/schema/config/unix-cron.ts';
import { openDataFolder } from '../../local/host/data-folder.ts';
import { drive } from '../../local/host/driver.ts';
import type { Driven } from '../../local/host/driver.ts';
import { isQuiet } from '../../local/host/run-engine.ts';
import { SimulatedTime } from '../../local/host/simulated-time.ts';
import { startStack } from '../../local/host/stack.ts';
import type { Stack } from '../../local/host/stack.ts';
import { generatedFeed } from '../../local/venue/market/generated-feed.ts';
import { brokenPromises } from '../support/engine/broken-promises.ts';
import { readRecords } from '../support/engine/records.ts';
import { EngineDied, EngineProcess } from './engine-process.ts';
import { fateOf } from './killer.ts';
import type { Fate } from './killer.ts';
import { JOBS } from './messages.ts';
import type { Job } from './messages.ts';
import { SOAK_SYMBOLS, soakConfig } from './soak-config.ts';

const START_AT = Date.UTC(2026, 0, 5);
const MINUTE_MS = 60_000;
/** Within so many syncs everything that was under way must have come to an end. */
const RECOVERY_MINUTES = 20;
const TRADED_AFTER_LAST_KILL_MINUTES = 5;

export interface SoakOptions {
  readonly kills: number;
  readonly seed: string;
  /** Where the servers keep their files and the engine its log. */
  readonly folder: string;
  readonly tell: (line: string) => void;
}

export interface SoakResult {
  readonly kills: number;
  readonly checks: number;
  readonly violations: readonly string[];
  readonly simulatedMinutes: number;
  readonly orders: number;
  readonly fills: number;
}

/** Ends at the first check that finds a violation. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const run = await SoakRun.open(options);
  try {
    return await run.toTheEnd();
  } finally {
    await run.close();
  }
}

class SoakRun {
  readonly #options: SoakOptions;
  readonly #time: SimulatedTime;
  readonly #stack: Stack;
  readonly #store: Store;
  readonly #learnSchedule = soakConfig().config.runtime.schedules.learn;
  #engine: EngineProcess | null = null;
  #boots = 0;
  #kills = 0;
  #checks = 0;
  #onStep: () => void = () => undefined;

  private constructor(options: SoakOptions, time: SimulatedTime, stack: Stack, store: Store) {
    this.#options = options;
    this.#time = time;
    this.#stack = stack;
    this.#store = store;
  }

  static async open(options: SoakOptions): Promise<SoakRun> {
    const time = new SimulatedTime(START_AT);
    const market = generatedFeed({ seed: options.seed, symbols: SOAK_SYMBOLS.map((symbol) => ({ symbol })), startTime: START_AT });
    const opened = Promise.withResolvers<SoakRun>();
    const stack = await startStack({
      market,
      timers: time,
      data: openDataFolder(options.folder),
      port: null,
      deliver: async (subscription, { data, ...message }) => {
        const run = await opened.promise;
        await time.invoke(() => run.#living().run((call, now) => ({ kind: 'message', call, now, subscription, message: { ...message, data: data.toString('base64') } })));
        return 'ack';
      },
    });
    Object.assign(process.env, stack.env);
    const run = new SoakRun(options, time, stack, await openStore('soak'));
    opened.resolve(run);
    return run;
  }

  async close(): Promise<void> {
    if (this.#engine?.alive === true) await this.#engine.kill();
    await this.#stack.close();
  }

  async toTheEnd(): Promise<SoakResult> {
    while (this.#kills < this.#options.kills) {
      const violations = await this.#live(fateOf(this.#options.seed, this.#kills + 1));
      if (violations.length > 0) return this.#result(violations);
    }
    await this.#boot();
    await drive(this.#driven(JOBS), this.#minuteAfter(TRADED_AFTER_LAST_KILL_MINUTES));
    return this.#result(await this.#recover());
  }

  /** From one start of the engine to its death. What it did not keep, if anything. */
  async #live(fate: Fate): Promise<readonly string[]> {
    await this.#boot();
    const died = this.#doom(fate);
    try {
      const violations = await this.#recover();
      if (violations.length > 0) return violations;
      await drive(this.#driven(JOBS), Number.MAX_SAFE_INTEGER);
    } catch (error) {
      if (!(error instanceof EngineDied)) throw error;
    }
    await died;
    this.#kills += 1;
    this.#options.tell(`kill ${this.#kills} of ${this.#options.kills} at ${new Date(this.#time.now()).toISOString()}, ${this.#checks} checks, ${this.#stack.venue.core.state.trades.length} trades`);
    await drive(this.#driven([]), this.#minuteAfter(fate.downtimeMinutes));
    return [];
  }

  async #boot(): Promise<void> {
    this.#boots += 1;
    this.#engine = await EngineProcess.start({
      boot: this.#boots,
      env: this.#stack.env,
      logFile: join(this.#options.folder, 'engine.log'),
      compileCache: join(this.#options.folder, 'compile-cache'),
      time: this.#time,
      onStep: () => this.#onStep(),
    });
  }

  /** Resolves when the engine is dead, some steps from now. */
  #doom({ steps, delayMs }: Fate): Promise<void> {
    const engine = this.#living();
    const died = Promise.withResolvers<void>();
    let begun = 0;
    this.#onStep = () => {
      begun += 1;
      if (begun === steps) setTimeout(() => void engine.kill().then(died.resolve, died.reject), delayMs);
    };
    return died.promise;
  }

  #living(): EngineProcess {
    if (this.#engine?.alive !== true) throw new EngineDied('there is no engine now');
    return this.#engine;
  }

  /** Syncs, screening nothing new, until nothing is open and all promises are kept. What is still broken, otherwise. */
  async #recover(): Promise<readonly string[]> {
    let broken: readonly string[] = [];
    for (let minute = 0; minute < RECOVERY_MINUTES; minute += 1) {
      await drive(this.#driven(['sync']), this.#minuteAfter(1));
      this.#living();
      if (minute === 0 || (await this.#isOpen())) continue;
      broken = await this.#broken();
      if (broken.length === 0) break;
    }
    this.#checks += 1;
    return (await this.#isOpen()) ? [`work is open after ${RECOVERY_MINUTES} syncs`, ...broken] : broken;
  }

  async #isOpen(): Promise<boolean> {
    const open = await this.#store.query({ collection: OUTBOX, where: [{ field: 'state', op: '==', value: 'open' }], limit: 1 });
    return open.length > 0;
  }

  async #broken(): Promise<readonly string[]> {
    const records = await readRecords(this.#store);
    return brokenPromises({ ...records, incidents: records.incidents.filter((incident) => incident.resolvedAt === null) }, this.#stack.venue.core.state);
  }

  #driven(jobs: readonly Job[]): Driven {
    return {
      time: this.#time,
      pace: 0,
      isQuiet: () => isQuiet(this.#time, this.#stack),
      onMove: (at) => this.#stack.venue.advanceTo(at),
      runMinute: async (at) => {
        for (const job of jobs) {
          if (job === 'learn' && !firesAt(this.#learnSchedule, at)) continue;
          await this.#time.invoke(() => this.#living().run((call, now) => ({ kind: 'job', call, now, job })));
        }
      },
    };
  }

  #minuteAfter(minutes: number): number {
    return Math.floor(this.#time.now() / MINUTE_MS) * MINUTE_MS + minutes * MINUTE_MS;
  }

  #result(violations: readonly string[]): SoakResult {
    const { state } = this.#stack.venue.core;
    return {
      kills: this.#kills,
      checks: this.#checks,
      violations,
      simulatedMinutes: Math.round((this.#time.now() - START_AT) / MINUTE_MS),
      orders: Object.keys(state.closedOrders).length,
      fills: state.trades.length,
    };
  }
}
