/**
 * The bus in memory, for tests and the simulator. At least once, in no order: what becomes of each message is decided by
 * whoever owns the bus, and a handler that rejects gets the message again. Deterministic: it has no timer of its own.
 */
import type { Bus, Topic, WakeUp } from '../../ports/bus.ts';

/** Resolving acknowledges, rejecting asks for the message again. */
export type Handler = (wakeUp: WakeUp) => Promise<void>;

/**
 * One delivery per entry, that many milliseconds after the publication: `[0]` is the good case, `[0, 0]` a duplicate,
 * `[60_000]` a late message and `[]` one that is lost.
 */
export type Fate = readonly number[];

/** notStored: the publication fails. replyLost: the message is stored, and the publisher is told that it failed. */
export type PublishFault = 'none' | 'notStored' | 'replyLost';

export interface MemoryBusOptions {
  /** Runs `deliver` after so many milliseconds; never before `publish` has returned. */
  readonly later: (delayMs: number, deliver: () => void) => void;
  /** After how long a rejected message comes again; null drops it, as a function without retries does. */
  readonly retryMs?: number | null;
  readonly fate?: (topic: Topic, wakeUp: WakeUp) => Fate;
  /** Asked once per publication. */
  readonly publishFault?: () => PublishFault;
}

export interface MemoryBus extends Bus {
  /** One handler per topic; messages without one are kept until there is. */
  subscribe(topic: Topic, handler: Handler): void;
  /** Deliveries that are due later or under way. */
  readonly outstanding: number;
}

/** What an injected fault looks like to the publisher: it does not tell whether the message was stored. */
export class PublishFaultError extends Error {
  override readonly name = 'PublishFaultError';
}

const RETRY_MS = 10_000;

export function createMemoryBus({ later, retryMs = RETRY_MS, fate = () => [0], publishFault = () => 'none' }: MemoryBusOptions): MemoryBus {
  const handlers = new Map<Topic, Handler>();
  const waiting: { readonly topic: Topic; readonly wakeUp: WakeUp }[] = [];
  let outstanding = 0;

  const schedule = (topic: Topic, wakeUp: WakeUp, delayMs: number): void => {
    outstanding += 1;
    later(delayMs, () => void deliver(topic, wakeUp));
  };

  const deliver = async (topic: Topic, wakeUp: WakeUp): Promise<void> => {
    const handler = handlers.get(topic);
    try {
      if (handler === undefined) waiting.push({ topic, wakeUp });
      else await handler(wakeUp);
    } catch {
      // The rejection is the handler's way to ask for the message again; its cause is the handler's to tell.
      if (retryMs !== null) schedule(topic, wakeUp, retryMs);
    } finally {
      outstanding -= 1;
    }
  };

  return {
    async publish(topic, wakeUps) {
      await Promise.resolve();
      const fault = publishFault();
      for (const wakeUp of fault === 'notStored' ? [] : wakeUps) {
        for (const delayMs of fate(topic, wakeUp)) schedule(topic, wakeUp, delayMs);
      }
      if (fault !== 'none') throw new PublishFaultError(`injected fault: it is unknown whether ${topic} has the messages`);
    },
    subscribe(topic, handler) {
      handlers.set(topic, handler);
      const due = waiting.filter((message) => message.topic === topic);
      waiting.splice(0, waiting.length, ...waiting.filter((message) => message.topic !== topic));
      for (const message of due) schedule(topic, message.wakeUp, 0);
    },
    get outstanding() {
      return outstanding;
    },
  };
}
