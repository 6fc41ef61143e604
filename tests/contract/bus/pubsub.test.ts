/** Against the embedded server; each test has a server of its own, since one of them takes it down. */
import { PubSub } from '@google-cloud/pubsub';
import { createPubSubBus } from '../../../functions/src/adapters/bus-pubsub/pubsub-bus.ts';
import type { Topic } from '../../../functions/src/ports/bus.ts';
import { startPubSubServer } from '../../../local/pubsub/server.ts';
import type { Deliver } from '../../../local/pubsub/server.ts';
import { busContract } from './bus-contract.ts';

const PROJECT = 'demo-bus-contract';
const TOPICS: readonly Topic[] = ['order-intents', 'order-checks'];
const PUBLISH_TIMEOUT_MS = 500;

type Handler = (topic: Topic, message: unknown) => Promise<void>;

busContract('on Pub/Sub', async () => {
  const listening = Promise.withResolvers<Handler>();
  const deliver: Deliver = async (subscription, message) => {
    const handler = await listening.promise;
    const topic = TOPICS.find((known) => subscription.endsWith(known)) ?? 'order-intents';
    await handler(topic, JSON.parse(message.data.toString('utf8')));
    return 'ack';
  };
  const server = await startPubSubServer({ port: 0, deliver });
  for (const topic of TOPICS) {
    const topicName = `projects/${PROJECT}/topics/${topic}`;
    server.ensureTopic(topicName);
    const name = `projects/${PROJECT}/subscriptions/${topic}`;
    server.ensureSubscription({ name, topic: topicName, pushEndpoint: `inproc:${topic}`, retry: { minimumMs: 1, maximumMs: 1 } });
  }
  const client = new PubSub({ projectId: PROJECT, apiEndpoint: `${server.host}:${server.port}`, emulatorMode: true });
  return {
    bus: createPubSubBus(client, PUBLISH_TIMEOUT_MS),
    handle: listening.resolve,
    goDown: () => server.close(),
    publishLimitMs: 3 * PUBLISH_TIMEOUT_MS,
    close: async () => {
      await client.close();
      await server.close();
    },
  };
});
