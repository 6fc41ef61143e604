import type { Timers } from '../../../../../local/pubsub/timers.ts';

interface Scheduled {
  readonly atMs: number;
  readonly run: () => void;
}

/** Time that stands still until the test moves it. */
export class ManualTimers implements Timers {
  #nowMs: number;
  #scheduled: Scheduled[] = [];

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  schedule(delayMs: number, run: () => void): { cancel(): void } {
    const entry = { atMs: this.#nowMs + Math.max(0, delayMs), run };
    this.#scheduled.push(entry);
    return { cancel: () => this.#remove(entry) };
  }

  /** Timers that have not run. */
  get pending(): number {
    return this.#scheduled.length;
  }

  /** Runs everything that is due within the next `ms`, in time order, and what that schedules. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (let next = this.#due(untilMs); next; next = this.#due(untilMs)) {
      this.#remove(next);
      this.#nowMs = next.atMs;
      next.run();
    }
    this.#nowMs = untilMs;
  }

  #due(untilMs: number): Scheduled | undefined {
    const due = this.#scheduled.filter(({ atMs }) => atMs <= untilMs);
    const [first, ...others] = due;
    return first && others.reduce((earliest, next) => (next.atMs < earliest.atMs ? next : earliest), first);
  }

  #remove(entry: Scheduled): void {
    this.#scheduled = this.#scheduled.filter((other) => other !== entry);
  }
}
