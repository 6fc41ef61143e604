/**
 * Scheduler, Pub/Sub and Functions: they start runs, too few, too many, too late or at the same time, start one again
 * that failed, and kill what runs at a redeploy.
 */
import { confirm } from '../../functions/src/app/orders/confirm.ts';
import type { EngineDeps } from '../../functions/src/app/engine-deps.ts';
import { execute } from '../../functions/src/app/orders/execute.ts';
import { learn } from '../../functions/src/app/learn/learn.ts';
import { screen } from '../../functions/src/app/screen/screen.ts';
import { sync } from '../../functions/src/app/sync/sync.ts';
import { createMemoryBus } from '../../functions/src/adapters/bus-memory/memory-bus.ts';
import type { Fate, MemoryBus } from '../../functions/src/adapters/bus-memory/memory-bus.ts';
import type { Topic, WakeUp } from '../../functions/src/ports/bus.ts';
import type { SimulatedTime } from '../support/engine/simulated-time.ts';
import type { Chaos } from './chaos.ts';
import { Run } from './run.ts';

const RETRY_MS = 10_000;
const LATE_MESSAGE_MS = 300_000;
const LATE_SCHEDULE_MS = 90_000;
/** Errors that somebody injected, by name; every other is a bug. */
const INJECTED: ReadonlySet<string> = new Set(['RunKilledError', 'ResultLostError', 'CommitFaultError', 'ContentionError', 'PublishFaultError']);

export type UseCase = (deps: EngineDeps) => Promise<void>;

export const JOBS = { sync, screen, learn } as const;
export type Job = keyof typeof JOBS;

export interface PlatformOptions {
  readonly time: SimulatedTime;
  readonly chaos: Chaos;
  readonly deps: (run: Run) => Promise<EngineDeps>;
  readonly note: (line: string) => void;
  readonly failedByBug: (error: Error) => void;
}

export class Platform {
  readonly bus: MemoryBus;
  readonly #options: PlatformOptions;
  readonly #alive = new Set<Run>();
  #runs = 0;

  constructor(options: PlatformOptions) {
    const { time, chaos } = options;
    this.#options = options;
    this.bus = createMemoryBus({
      later: (delayMs, run) => time.later(delayMs, run),
      retryMs: RETRY_MS,
      fate: () => this.#fate(),
      publishFault: () => (chaos.strike('bus.notStored') !== null ? 'notStored' : chaos.strike('bus.replyLost') !== null ? 'replyLost' : 'none'),
    });
    this.bus.subscribe('order-intents', (wakeUp) => this.#deliver('order-intents', wakeUp));
    this.bus.subscribe('order-checks', (wakeUp) => this.#deliver('order-checks', wakeUp));
  }

  /** Runs under way. */
  get active(): number {
    return this.#alive.size;
  }

  /** A scheduled minute of one job. */
  tick(job: Job): void {
    const { time, chaos } = this.#options;
    const scheduledAt = time.now() - (time.now() % 60_000);
    if (chaos.strike('schedule.skipped', job) !== null) return;
    const late = chaos.strike('schedule.late', job);
    const delays = [late === null ? 0 : Math.ceil(late.unit() * LATE_SCHEDULE_MS)];
    const twice = chaos.strike('schedule.twice', job);
    if (twice !== null) delays.push(Math.ceil(twice.unit() * 20_000));
    for (const delayMs of delays) time.later(delayMs, () => void this.run(job, (deps) => JOBS[job](deps, scheduledAt)));
  }

  /** All that runs is gone. */
  killAll(why: string): void {
    for (const run of this.#alive) run.kill(why);
  }

  #fate(): Fate {
    const { chaos } = this.#options;
    if (chaos.strike('message.lost') !== null) return [];
    const late = chaos.strike('message.late');
    const delays = [Math.ceil(late === null ? 20 + chaos.draw('message.ms') * 200 : late.unit() * LATE_MESSAGE_MS)];
    const twice = chaos.strike('message.twice');
    if (twice !== null) delays.push(Math.ceil(twice.unit() * 3000));
    return delays;
  }

  async #deliver(topic: Topic, wakeUp: WakeUp): Promise<void> {
    const { chaos } = this.#options;
    const poisoned = chaos.strike('message.poisoned') !== null;
    const misrouted = chaos.strike('message.misrouted') !== null;
    const useCase = (topic === 'order-intents') === misrouted ? confirm : execute;
    await this.#invoke(useCase.name, (deps) => useCase(deps, poisoned ? { intentId: 'aaaaaaaaaaaaaaaaaaaa' } : wakeUp));
  }

  /** One run that nobody starts again when it fails; resolves in either case. */
  async run(name: string, useCase: UseCase): Promise<void> {
    try {
      await this.#invoke(name, useCase);
    } catch {
      // `#invoke` has noted why. For a schedule the next minute comes, and a person asks again.
    }
  }

  async #invoke(name: string, useCase: UseCase): Promise<void> {
    const { deps, note, failedByBug } = this.#options;
    const run = new Run(`run-${(this.#runs += 1)}`);
    this.#alive.add(run);
    if (!(name in JOBS)) note(`${run.id} begins: ${name}`);
    try {
      await Promise.race([deps(run).then(useCase), run.death]);
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      note(`${run.id} ends: ${failure.name} ${failure.message}`);
      if (!INJECTED.has(failure.name)) failedByBug(failure);
      throw failure;
    } finally {
      this.#alive.delete(run);
    }
  }
}
