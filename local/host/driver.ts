/**
 * Drives the whole system through simulated time: moves the clock to the next thing that is due, lets it happen, and
 * waits until everything it caused has come to rest before it moves on.
 */
import { setImmediate as turnOfEventLoop } from 'node:timers/promises';
import type { SimulatedTime } from './simulated-time.ts';

export interface Driven {
  readonly time: SimulatedTime;
  /** Runs the jobs scheduled for a full minute, in their order. */
  readonly runMinute: (at: number) => Promise<void>;
  /** Whether nothing is under way but invocations that sleep. */
  readonly isQuiet: () => boolean;
  /** Told before each move, so that the venue's market follows and a restart knows where to go on. */
  readonly onMove: (at: number) => void;
  /** Real milliseconds per simulated one: 0 runs as fast as it can, 1 in real time. */
  readonly pace: number;
}

const MINUTE_MS = 60_000;

/** Runs every minute after the present one up to `untilAt`, and all that falls between. */
export async function drive(driven: Driven, untilAt: number): Promise<void> {
  const { time } = driven;
  for (;;) {
    await settled(driven);
    const minuteAt = Math.floor(time.now() / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
    const nextAt = Math.min(time.nextTimerAt ?? minuteAt, minuteAt);
    if (nextAt > untilAt) return;
    await moveTo(driven, Math.max(nextAt, time.now()));
    if (time.fireNext()) continue;
    if (nextAt === minuteAt) await driven.runMinute(minuteAt);
  }
}

async function moveTo({ time, onMove, pace }: Driven, at: number): Promise<void> {
  const realMs = (at - time.now()) * pace;
  if (realMs > 0) await new Promise((resolve) => setTimeout(resolve, realMs));
  if (at > time.now()) {
    time.moveTo(at);
    onMove(at);
  }
}

async function settled({ time, isQuiet }: Driven): Promise<void> {
  do {
    await time.idle();
    await turnOfEventLoop();
  } while (!isQuiet());
  await time.idle();
}
