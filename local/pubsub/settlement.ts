/** What becomes of a delivery: acknowledged, given back, extended, expired, or forwarded as a dead letter. */
import { retryDelayMs } from './backoff.ts';
import type { Counters } from './counters.ts';
import type { NewMessage } from './message.ts';
import { idOf, projectOf } from './resource-names.ts';
import type { Store } from './store.ts';
import type { Subscription } from './subscription.ts';
import type { Entry, Lease } from './subscription-queue.ts';
import type { Timers } from './timers.ts';

export interface SettlementParts {
  readonly store: Store;
  readonly timers: Timers;
  readonly counters: Counters;
  /** Publishes a dead letter; false when its topic does not exist. */
  readonly forward: (topic: string, message: NewMessage) => boolean;
}

/** The message with the attributes by which Google marks a dead letter (cloud.google.com/pubsub/docs/dead-letter-topics). */
function deadLetter(subscription: string, entry: Entry): NewMessage {
  const { data, attributes, orderingKey, publishTimeMs } = entry.message;
  return {
    data,
    orderingKey,
    attributes: {
      ...attributes,
      CloudPubSubDeadLetterSourceDeliveryCount: String(entry.attempts),
      CloudPubSubDeadLetterSourceSubscription: idOf(subscription),
      CloudPubSubDeadLetterSourceSubscriptionProject: projectOf(subscription),
      CloudPubSubDeadLetterSourceTopicPublishTime: new Date(publishTimeMs).toISOString(),
    },
  };
}

function endLeases({ queue }: Subscription, ackIds: readonly string[]): Lease[] {
  return ackIds.map((ackId) => queue.endLease(ackId)).filter((lease) => lease !== undefined);
}

export class Settlement {
  readonly #parts: SettlementParts;

  constructor(parts: SettlementParts) {
    this.#parts = parts;
  }

  /** Acknowledges what is still leased under these ids; the others have expired, and their messages come again. */
  acknowledge(subscription: Subscription, ackIds: readonly string[]): void {
    const leases = endLeases(subscription, ackIds);
    this.#parts.counters.acked += leases.length;
    this.#forEach(leases, (lease) => this.#finish(subscription, lease));
  }

  /** Gives messages back for redelivery. */
  nack(subscription: Subscription, ackIds: readonly string[]): void {
    const leases = endLeases(subscription, ackIds);
    this.#parts.counters.nacked += leases.length;
    this.#forEach(leases, (lease) => this.#redeliver(subscription, lease));
  }

  /** Moves the ack deadline to `seconds` from now; 0 is a nack. */
  modifyAckDeadline(subscription: Subscription, ackIds: readonly string[], seconds: number): void {
    if (seconds === 0) {
      this.nack(subscription, ackIds);
      return;
    }
    for (const ackId of ackIds) {
      subscription.queue.extend(ackId, seconds * 1000, () => this.expire(subscription, ackId));
    }
  }

  /** The ack deadline has passed. */
  expire(subscription: Subscription, ackId: string): void {
    const leases = endLeases(subscription, [ackId]);
    this.#parts.counters.expired += leases.length;
    for (const { consumer, ackIds } of leases) for (const id of ackIds) consumer.abandon(id);
    this.#forEach(leases, (lease) => this.#redeliver(subscription, lease));
  }

  #forEach(leases: readonly Lease[], settle: (lease: Lease) => void): void {
    if (leases.length === 0) return;
    this.#parts.store.transaction(() => {
      for (const lease of leases) settle(lease);
    });
  }

  #finish(subscription: Subscription, { entry }: Lease): void {
    this.#parts.store.settle(subscription.resource.name, entry.sequence);
    subscription.queue.remove(entry);
  }

  #redeliver(subscription: Subscription, lease: Lease): void {
    const { entry } = lease;
    const { resource, queue } = subscription;
    const policy = resource.deadLetterPolicy;
    if (policy && entry.attempts >= policy.maxDeliveryAttempts) {
      if (this.#parts.forward(policy.deadLetterTopic, deadLetter(resource.name, entry))) {
        this.#parts.counters.deadLettered += 1;
        this.#finish(subscription, lease);
        return;
      }
    }
    const delayMs = retryDelayMs(resource, entry.attempts);
    if (delayMs > 0) {
      entry.notBeforeMs = Math.ceil(this.#parts.timers.now() + delayMs);
      this.#parts.store.setNotBefore(resource.name, entry.sequence, entry.notBeforeMs);
    }
    queue.offer(entry);
  }
}
