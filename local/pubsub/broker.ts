/**
 * Topics and subscriptions, and the publishing between them. All operations are synchronous: when one returns,
 * its effect is stored. Errors are PubSubError with the code Google answers.
 */
import type { Consumer } from './consumer.ts';
import type { Counters } from './counters.ts';
import { Dispatcher } from './dispatcher.ts';
import type { DeliveryFaults } from './faults.ts';
import type { NewMessage } from './message.ts';
import { checkMessages } from './message-check.ts';
import { alreadyExists, failedPrecondition, notFound, unavailable, unsupported } from './pubsub-error.ts';
import { checkResourceName, DELETED_TOPIC } from './resource-names.ts';
import { Settlement } from './settlement.ts';
import type { Store } from './store.ts';
import type { Subscription, Subscriptions } from './subscription.ts';
import { type QueueDepth, SubscriptionQueue } from './subscription-queue.ts';
import { checkedSubscription } from './subscription-resource.ts';
import type { Timers } from './timers.ts';
import type { SubscriptionResource, TopicResource } from './wire.ts';

export interface BrokerParts {
  readonly store: Store;
  readonly timers: Timers;
  readonly faults: DeliveryFaults;
  readonly counters: Counters;
  /** The consumer that serves a push subscription. @throws PubSubError when the endpoint cannot be served here. */
  readonly pushConsumer: (broker: Broker, subscription: SubscriptionResource) => Consumer;
}

export class Broker {
  readonly settlement: Settlement;
  readonly dispatcher: Dispatcher;
  readonly #parts: BrokerParts;
  readonly #topics = new Map<string, TopicResource>();
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(parts: BrokerParts) {
    this.#parts = parts;
    const { store, timers, faults, counters } = parts;
    this.settlement = new Settlement({ store, timers, counters, forward: (topic, message) => this.#forward(topic, message) });
    this.dispatcher = new Dispatcher({
      store,
      timers,
      faults,
      counters,
      subscriptions: this.#subscriptions,
      expire: (subscription, ackId) => this.settlement.expire(subscription, ackId),
    });
    for (const topic of store.topics()) this.#topics.set(topic.name, topic);
    for (const resource of store.subscriptions()) this.#open(resource);
  }

  get topics(): readonly TopicResource[] {
    return [...this.#topics.values()];
  }

  get subscriptions(): Subscriptions {
    return this.#subscriptions;
  }

  topic(name: string): TopicResource {
    const topic = this.#topics.get(name);
    if (!topic) throw notFound(name);
    return topic;
  }

  createTopic(topic: TopicResource): TopicResource {
    checkResourceName(topic.name, 'topics');
    if (topic.schemaSettings) throw unsupported('schemas');
    if (this.#topics.has(topic.name)) throw alreadyExists(topic.name);
    return this.putTopic(topic);
  }

  putTopic(topic: TopicResource): TopicResource {
    this.#parts.store.putTopic(topic);
    this.#topics.set(topic.name, topic);
    return topic;
  }

  /** Its subscriptions stay and keep what was published before. */
  deleteTopic(name: string): void {
    this.topic(name);
    const orphans = this.subscriptionsOf(name);
    this.#parts.store.transaction(() => {
      this.#parts.store.deleteTopic(name);
      for (const { resource } of orphans) this.#parts.store.putSubscription({ ...resource, topic: DELETED_TOPIC });
    });
    this.#topics.delete(name);
    for (const orphan of orphans) orphan.resource = { ...orphan.resource, topic: DELETED_TOPIC };
  }

  subscriptionsOf(topic: string): Subscription[] {
    return [...this.#subscriptions.values()].filter((subscription) => subscription.resource.topic === topic);
  }

  subscription(name: string): Subscription {
    const subscription = this.#subscriptions.get(name);
    if (!subscription) throw notFound(name);
    return subscription;
  }

  createSubscription(request: SubscriptionResource): SubscriptionResource {
    const resource = checkedSubscription(request);
    if (this.#subscriptions.has(resource.name)) throw alreadyExists(resource.name);
    this.topic(resource.topic);
    this.#checkReferences(resource);
    this.#open(resource);
    this.#parts.store.putSubscription(resource);
    return resource;
  }

  /** Replaces the configuration of a subscription; `resource` comes from `updatedSubscription`. */
  updateSubscription(resource: SubscriptionResource): SubscriptionResource {
    const subscription = this.subscription(resource.name);
    this.#checkReferences(resource);
    const pushedBefore = Boolean(subscription.resource.pushConfig?.pushEndpoint);
    const consumer = this.#pushConsumer(resource);
    if (pushedBefore || consumer) {
      subscription.queue.closeConsumers(failedPrecondition(`${resource.name} has a new push configuration; subscribe again.`));
    }
    if (consumer) subscription.queue.attach(consumer);
    subscription.resource = resource;
    this.#parts.store.putSubscription(resource);
    return resource;
  }

  deleteSubscription(name: string): void {
    const { queue } = this.subscription(name);
    this.#parts.store.transaction(() => this.#parts.store.deleteSubscription(name));
    this.#subscriptions.delete(name);
    queue.close(notFound(name));
  }

  /** Stores the messages for every subscription of the topic. @returns their ids. */
  publish(topic: string, messages: readonly NewMessage[]): string[] {
    this.topic(topic);
    checkMessages(messages);
    return this.#accept(topic, messages);
  }

  depths(): Map<string, QueueDepth> {
    return new Map(Array.from(this.#subscriptions, ([name, { queue }]) => [name, queue.depth()]));
  }

  /** Stops all timers and deliveries; what is not acknowledged stays in the store. */
  close(): void {
    this.dispatcher.close();
    for (const { queue } of this.#subscriptions.values()) queue.close(unavailable('The server is closing.'));
    this.#subscriptions.clear();
    this.#parts.store.close();
  }

  #accept(topic: string, messages: readonly NewMessage[]): string[] {
    const { store, timers, counters } = this.#parts;
    const subscriptions = this.subscriptionsOf(topic);
    const names = subscriptions.map(({ resource }) => resource.name);
    const publishTimeMs = Math.trunc(timers.now());
    const accepted = store.transaction(() =>
      messages.map(({ data, attributes, orderingKey }) => {
        const sequence = store.insertMessage({ data, attributes, orderingKey }, publishTimeMs, names);
        return { sequence, message: { messageId: String(sequence), data, attributes, orderingKey, publishTimeMs } };
      }),
    );
    counters.published += accepted.length;
    for (const stored of accepted) {
      for (const { queue } of subscriptions) queue.add({ ...stored, attempts: 0, notBeforeMs: 0, delayedAttempt: 0 });
    }
    return accepted.map(({ message }) => message.messageId);
  }

  #forward(topic: string, message: NewMessage): boolean {
    if (!this.#topics.has(topic)) return false;
    this.#accept(topic, [message]);
    return true;
  }

  #checkReferences(resource: SubscriptionResource): void {
    const policy = resource.deadLetterPolicy;
    if (policy) this.topic(policy.deadLetterTopic);
  }

  #pushConsumer(resource: SubscriptionResource): Consumer | undefined {
    return resource.pushConfig?.pushEndpoint ? this.#parts.pushConsumer(this, resource) : undefined;
  }

  #open(resource: SubscriptionResource): void {
    const consumer = this.#pushConsumer(resource);
    const queue = new SubscriptionQueue(this.#parts.timers, resource.enableMessageOrdering, () => this.dispatcher.wake());
    this.#subscriptions.set(resource.name, { resource, queue });
    for (const stored of this.#parts.store.deliveries(resource.name)) queue.add({ ...stored, delayedAttempt: 0 });
    if (consumer) queue.attach(consumer);
  }
}
