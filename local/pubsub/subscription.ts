import type { SubscriptionQueue } from './subscription-queue.ts';
import type { SubscriptionResource } from './wire.ts';

/** A live subscription: what a client configured, and its messages. */
export interface Subscription {
  resource: SubscriptionResource;
  readonly queue: SubscriptionQueue;
}

/** Live subscriptions by name. */
export type Subscriptions = ReadonlyMap<string, Subscription>;
