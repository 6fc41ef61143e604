import type { QueueDepth } from './subscription-queue.ts';

/** What is not acknowledged, over all subscriptions. */
export interface Backlog {
  /** ready + blocked + waitingForBackoff + inFlight. */
  readonly unacked: number;
  /** Waiting for a consumer with room. */
  readonly ready: number;
  /** The part of `ready` whose subscription nobody listens to; it moves only when somebody does. */
  readonly withoutConsumer: number;
  /** Behind an earlier message of their ordering key. */
  readonly blocked: number;
  readonly waitingForBackoff: number;
  readonly inFlight: number;
  /** Epoch ms of the next redelivery after a backoff or delay. */
  readonly nextRetryAtMs: number | undefined;
  /** Nothing is under way or will be before `nextRetryAtMs`, unless a client acts. */
  readonly quiet: boolean;
}

export function backlogOf(depths: Iterable<QueueDepth>): Backlog {
  const all = [...depths];
  const sum = (count: (depth: QueueDepth) => number) => all.reduce((total, depth) => total + count(depth), 0);
  const ready = sum((depth) => depth.ready);
  const withoutConsumer = sum((depth) => (depth.hasConsumer ? 0 : depth.ready));
  const waitingForBackoff = sum((depth) => depth.waitingForBackoff);
  const inFlight = sum((depth) => depth.inFlight);
  const retries = all.map((depth) => depth.nextRetryAtMs).filter((time) => time !== undefined);
  return {
    unacked: sum((depth) => depth.unacked),
    ready,
    withoutConsumer,
    blocked: sum((depth) => depth.blocked),
    waitingForBackoff,
    inFlight,
    nextRetryAtMs: retries.length > 0 ? Math.min(...retries) : undefined,
    quiet: inFlight === 0 && ready === withoutConsumer,
  };
}
