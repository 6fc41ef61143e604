/**
 * When the engine dies: so many steps and so many milliseconds after it began. The seed decides both; the milliseconds are
 * real ones, so that a kill falls between steps and inside of clients too, and no two runs are alike to the last one.
 */
import { RandomStream, seedOf } from '../../local/venue/market/random-stream.ts';

/** One in so many lives ends while the engine still takes up what the one before it left. */
const RECOVERY_ONE_IN = 4;
const RECOVERY_STEPS = 25;
const TRADING_STEPS = 250;
const LONGEST_DELAY_MS = 40;
const LONGEST_DOWNTIME_MINUTES = 6;

export interface Fate {
  readonly steps: number;
  readonly delayMs: number;
  /** Simulated minutes until a new process is there. */
  readonly downtimeMinutes: number;
}

/** Of the life before the `kill`th kill; the same seed and number, the same fate. */
export function fateOf(seed: string, kill: number): Fate {
  const stream = new RandomStream(seedOf(seed), kill);
  const inRecovery = stream.unit() * RECOVERY_ONE_IN < 1;
  const steps = Math.ceil(stream.between(0, inRecovery ? RECOVERY_STEPS : TRADING_STEPS));
  const delayMs = stream.between(0, LONGEST_DELAY_MS);
  const isRestartedAtOnce = stream.unit() < 0.5;
  return { steps, delayMs, downtimeMinutes: isRestartedAtOnce ? 0 : Math.ceil(stream.between(0, LONGEST_DOWNTIME_MINUTES)) };
}
