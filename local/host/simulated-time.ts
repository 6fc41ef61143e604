/**
 * Simulated time for a whole process: the engine's clock and the servers' timers are one queue, moved by the driver.
 *
 * Invocations run one at a time: who sleeps hands the turn on and takes it again when its time has come. The order of
 * everything that happens is therefore a function of the input alone, though requests go over real sockets.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../functions/src/ports/clock.ts';
import type { Timers } from '../pubsub/timers.ts';
import { Turn } from './turn.ts';

interface Timer {
  readonly at: number;
  readonly sequence: number;
  readonly run: () => void;
  cancelled: boolean;
}

export class SimulatedTime implements Clock, Timers {
  #now: number;
  #sequence = 0;
  #timers: Timer[] = [];
  #sleeping = 0;
  readonly #turn = new Turn();
  readonly #inside = new AsyncLocalStorage<true>();

  constructor(startAt: number) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  /** Invocations that wait for a time to come. */
  get sleeping(): number {
    return this.#sleeping;
  }

  get nextTimerAt(): number | null {
    this.#timers = this.#timers.filter((timer) => !timer.cancelled);
    return this.#timers.reduce<number | null>((least, timer) => (least === null || timer.at < least ? timer.at : least), null);
  }

  schedule(delayMs: number, run: () => void): { cancel(): void } {
    if (delayMs <= 0) {
      const immediate = setImmediate(run);
      return { cancel: () => clearImmediate(immediate) };
    }
    const timer: Timer = { at: this.#now + delayMs, sequence: (this.#sequence += 1), run, cancelled: false };
    this.#timers.push(timer);
    return {
      cancel: () => {
        timer.cancelled = true;
      },
    };
  }

  async sleep(ms: number): Promise<void> {
    if (ms <= 0) return;
    if (this.#inside.getStore() === undefined) throw new Error('only an invocation may sleep in simulated time');
    const woken = new Promise<void>((resolve) => this.schedule(ms, resolve));
    this.#sleeping += 1;
    this.#turn.pass();
    await woken;
    this.#sleeping -= 1;
    await this.#turn.take();
  }

  /** Runs one invocation when its turn has come. */
  async invoke<T>(work: () => Promise<T>): Promise<T> {
    await this.#turn.take();
    try {
      return await this.#inside.run(true, work);
    } finally {
      this.#turn.pass();
    }
  }

  /** Resolves when no invocation runs or waits for its turn. */
  idle(): Promise<void> {
    return this.#turn.idle();
  }

  moveTo(at: number): void {
    if (at < this.#now) throw new RangeError(`simulated time cannot go back from ${this.#now} to ${at}`);
    this.#now = at;
  }

  /** Runs the earliest timer that is due now; equal times in the order they were set. */
  fireNext(): boolean {
    const due = this.#timers.filter((timer) => !timer.cancelled && timer.at <= this.#now);
    const next = due.toSorted((a, b) => a.at - b.at || a.sequence - b.sequence)[0];
    if (next === undefined) return false;
    this.#timers = this.#timers.filter((timer) => timer !== next);
    next.run();
    return true;
  }
}
