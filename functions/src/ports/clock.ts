import type { EpochMs } from '../schema/scalars.ts';

/** Time as an input. Deployed code runs on the system clock, a local host on simulated time. */
export interface Clock {
  now(): EpochMs;
  /** Resolves after `ms` of this clock's time; at once for zero or less. */
  sleep(ms: number): Promise<void>;
}
