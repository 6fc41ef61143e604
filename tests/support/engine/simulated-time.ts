/**
 * Time as a queue of events: it moves only when told to, from one event to the next, and lets everything that an event
 * caused come to rest before the next. One process, no real timers: the same events in the same order every time.
 */
import type { Clock } from '../../../functions/src/ports/clock.ts';
import { MinHeap } from '../../../local/pubsub/min-heap.ts';

interface Event {
  readonly at: number;
  readonly sequence: number;
  readonly run: () => void;
}

export class SimulatedTime implements Clock {
  #now: number;
  #sequence = 0;
  readonly #events = new MinHeap<Event>((a, b) => a.at < b.at || (a.at === b.at && a.sequence < b.sequence));
  readonly #onMove: (at: number) => void;

  /** `onMove` is told of every new time before anything happens at it. */
  constructor(startAt: number, onMove: (at: number) => void) {
    this.#now = startAt;
    this.#onMove = onMove;
  }

  now(): number {
    return this.#now;
  }

  async sleep(ms: number): Promise<void> {
    if (ms > 0) await new Promise<void>((resolve) => this.later(ms, resolve));
  }

  /** Events of one time run in the order they were given. */
  later(delayMs: number, run: () => void): void {
    this.#events.push({ at: this.#now + Math.max(0, delayMs), sequence: (this.#sequence += 1), run });
  }

  /** Lets everything happen that is due up to `untilAt`, which is then the time; ends early once `isOver`. */
  async runUntil(untilAt: number, isOver: () => boolean = () => false): Promise<void> {
    for (let next = this.#take(untilAt); next !== null; next = this.#take(untilAt)) {
      this.#moveTo(next.at);
      next.run();
      // Store, bus and venue are promises without timers: a next tick comes when all they can still do now has been done,
      // and costs a tenth of a run less than a turn of the event loop.
      await nextTick();
      if (isOver()) return;
    }
    this.#moveTo(untilAt);
    // Next ticks let nothing else of this process run: a test runner's reports, a campaign's messages.
    await turnOfEventLoop();
  }

  #take(untilAt: number): Event | null {
    const first = this.#events.peek();
    if (first === undefined || first.at > untilAt) return null;
    this.#events.pop();
    return first;
  }

  #moveTo(at: number): void {
    if (at <= this.#now) return;
    this.#now = at;
    this.#onMove(at);
  }
}

function nextTick(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

function turnOfEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
