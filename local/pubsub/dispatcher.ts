/**
 * Hands ready messages to consumers, in publish order over all subscriptions, equal positions by subscription
 * name. A round first leases and records every attempt in one storage transaction and only then hands over, so
 * that an attempt that kills the process is counted after the restart.
 */
import type { Consumer } from './consumer.ts';
import type { Counters } from './counters.ts';
import type { DeliveryFaults, FaultDecision } from './faults.ts';
import type { Delivery } from './message.ts';
import type { Store } from './store.ts';
import type { Subscription, Subscriptions } from './subscription.ts';
import type { Entry } from './subscription-queue.ts';
import type { Timers } from './timers.ts';

/** Bounds one round, so that a large backlog does not hold up the event loop. */
const DELIVERIES_PER_ROUND = 1_000;

export interface DispatcherParts {
  readonly store: Store;
  readonly timers: Timers;
  readonly faults: DeliveryFaults;
  readonly counters: Counters;
  readonly subscriptions: Subscriptions;
  /** Called when the ack deadline of a hand-over passes. */
  readonly expire: (subscription: Subscription, ackId: string) => void;
}

interface Candidate {
  readonly subscription: Subscription;
  readonly entry: Entry;
  readonly consumer: Consumer;
}

interface HandOver {
  readonly consumer: Consumer;
  readonly delivery: Delivery;
}

function precedes(a: Candidate, b: Candidate): boolean {
  if (a.entry.sequence !== b.entry.sequence) return a.entry.sequence < b.entry.sequence;
  return a.subscription.resource.name < b.subscription.resource.name;
}

export class Dispatcher {
  readonly #parts: DispatcherParts;
  #scheduled: { cancel(): void } | undefined;
  #closed = false;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** Makes a round happen soon; calls before it starts count as one. */
  wake(): void {
    if (this.#closed) return;
    this.#scheduled ??= this.#parts.timers.schedule(0, () => this.run());
  }

  /** One round, now. */
  run(): void {
    if (this.#closed) return;
    this.#scheduled?.cancel();
    this.#scheduled = undefined;
    const handOvers = this.#parts.store.transaction(() => this.#leaseRound());
    for (const { consumer, delivery } of handOvers) {
      this.#parts.counters.delivered += 1;
      consumer.deliver(delivery);
    }
    for (const consumer of new Set(handOvers.map((handOver) => handOver.consumer))) consumer.flush();
  }

  /** No round starts afterwards. */
  close(): void {
    this.#closed = true;
    this.#scheduled?.cancel();
  }

  #leaseRound(): HandOver[] {
    const handOvers: HandOver[] = [];
    for (let candidate = this.#next(); candidate; candidate = this.#next()) {
      if (handOvers.length >= DELIVERIES_PER_ROUND) {
        this.wake();
        break;
      }
      candidate.subscription.queue.takeReady();
      handOvers.push(...this.#lease(candidate));
    }
    return handOvers;
  }

  #next(): Candidate | undefined {
    let first: Candidate | undefined;
    for (const subscription of this.#parts.subscriptions.values()) {
      const next = subscription.queue.peek();
      if (!next) continue;
      const candidate = { subscription, ...next };
      if (!first || precedes(candidate, first)) first = candidate;
    }
    return first;
  }

  #lease(candidate: Candidate): HandOver[] {
    const { subscription, entry, consumer } = candidate;
    const fault = this.#fault(candidate);
    if (fault.kind === 'delay') {
      entry.delayedAttempt = entry.attempts + 1;
      entry.notBeforeMs = this.#parts.timers.now() + fault.delayMs;
      subscription.queue.offer(entry);
      return [];
    }
    entry.attempts += 1;
    this.#parts.store.setAttempts(subscription.resource.name, entry.sequence, entry.attempts);
    const copies = fault.kind === 'duplicate' ? ['1', '2'] : ['1'];
    const ackIds = copies.map((copy) => `${entry.sequence}:${entry.attempts}:${copy}`);
    const [ackId = ''] = ackIds;
    const seconds = consumer.ackDeadlineSeconds ?? subscription.resource.ackDeadlineSeconds;
    subscription.queue.lease(entry, consumer, ackIds, seconds * 1000, () => this.#parts.expire(subscription, ackId));
    if (fault.kind === 'drop') return [];
    return ackIds.map((id) => ({ consumer, delivery: { ackId: id, message: entry.message, attempt: entry.attempts } }));
  }

  #fault({ subscription, entry }: Candidate): FaultDecision {
    const attempt = entry.attempts + 1;
    if (entry.delayedAttempt === attempt) return { kind: 'deliver' };
    const { messageId, orderingKey } = entry.message;
    return this.#parts.faults({ subscription: subscription.resource.name, messageId, orderingKey, attempt });
  }
}
