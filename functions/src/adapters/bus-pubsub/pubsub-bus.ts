/**
 * Wake-ups through Google Pub/Sub. The library batches, retries and may store a message more than once: receivers
 * are idempotent by intent id, so none of that matters.
 */
import type { PubSub } from '@google-cloud/pubsub';
import type { Bus, Topic } from '../../ports/bus.ts';

/** A wake-up that cannot be published within this is left to the sweep: the run must not spend its time on it. */
const PUBLISH_TIMEOUT_MS = 5000;

/** Without these the library waits ever longer between its own retries, far past the timeout. */
const retriesWithin = (totalTimeoutMillis: number) => ({
  initialRetryDelayMillis: 100,
  retryDelayMultiplier: 2,
  maxRetryDelayMillis: 500,
  initialRpcTimeoutMillis: totalTimeoutMillis / 2,
  rpcTimeoutMultiplier: 1,
  maxRpcTimeoutMillis: totalTimeoutMillis / 2,
  totalTimeoutMillis,
});

export function createPubSubBus(pubsub: PubSub, publishTimeoutMs = PUBLISH_TIMEOUT_MS): Bus {
  const gaxOpts = { timeout: publishTimeoutMs, retry: { backoffSettings: retriesWithin(publishTimeoutMs) } };
  const topics = new Map<Topic, ReturnType<PubSub['topic']>>();
  const topicOf = (name: Topic): ReturnType<PubSub['topic']> => {
    const known = topics.get(name);
    if (known !== undefined) return known;
    // A millisecond gathers the wake-ups of one run into one request without being felt.
    const made = pubsub.topic(name, { batching: { maxMilliseconds: 1 }, gaxOpts });
    topics.set(name, made);
    return made;
  };
  return {
    publish: async (topic, wakeUps) => {
      await Promise.all(wakeUps.map((wakeUp) => topicOf(topic).publishMessage({ json: wakeUp })));
    },
  };
}
