/**
 * The one source of time for the embedded Pub/Sub. A host that runs on simulated time passes its own; nothing
 * else in this folder reads a clock or starts a timer.
 */
export interface Timers {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs `run` once, not before `delayMs` from now; zero means "as soon as the current work is done". */
  schedule(delayMs: number, run: () => void): { cancel(): void };
}

export const systemTimers: Timers = {
  now: () => Date.now(),
  schedule(delayMs, run) {
    if (delayMs <= 0) {
      const immediate = setImmediate(run);
      return { cancel: () => clearImmediate(immediate) };
    }
    const timeout = setTimeout(run, delayMs);
    return { cancel: () => clearTimeout(timeout) };
  },
};
