import type { Topic } from '@google-cloud/pubsub';
import { status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { HttpEndpoint } from '../../unit/local/pubsub/support/http-endpoint.ts';
import { type PubSubHost, startHost } from './support/host.ts';

let host: PubSubHost;
let topic: Topic;
let endpoints: HttpEndpoint[] = [];

beforeAll(async () => {
  host = await startHost();
  [topic] = await host.client.createTopic(host.uniqueId('topic'));
});

afterEach(async () => {
  await Promise.all(endpoints.map(async (endpoint) => endpoint.close()));
  endpoints = [];
});

afterAll(async () => host.close());

async function newEndpoint(statuses: readonly number[]): Promise<HttpEndpoint> {
  const endpoint = await HttpEndpoint.start(statuses);
  endpoints.push(endpoint);
  return endpoint;
}

it('posts the wrapped message to the endpoint', async () => {
  const endpoint = await newEndpoint([204]);
  const [subscription] = await topic.createSubscription(host.uniqueId('push'), { pushEndpoint: endpoint.url });
  const messageId = await topic.publishMessage({ data: Buffer.from('hello'), attributes: { side: 'BUY' } });
  const [request] = await endpoint.received(1);
  expect(request?.headers['content-type']).toMatch('application/json');
  expect(JSON.parse(request?.body ?? '')).toMatchObject({
    message: { data: 'aGVsbG8=', attributes: { side: 'BUY' }, messageId, message_id: messageId },
    subscription: subscription.name,
  });
  await subscription.delete();
});

it('posts again, later and later, until the endpoint answers 2xx', async () => {
  const endpoint = await newEndpoint([500, 404, 202]);
  const [subscription] = await topic.createSubscription(host.uniqueId('push'), {
    pushEndpoint: endpoint.url,
    retryPolicy: { minimumBackoff: { nanos: 100_000_000 }, maximumBackoff: { seconds: 1 } },
  });
  const messageId = await topic.publishMessage({ data: Buffer.from('retry') });
  const requests = await endpoint.received(3);
  expect(requests.map(({ body }) => JSON.parse(body).message.messageId)).toEqual([messageId, messageId, messageId]);
  const [first = NaN, second = NaN, third = NaN] = requests.map(({ atMs }) => atMs);
  expect(second - first).toBeGreaterThanOrEqual(95);
  expect(third - second).toBeGreaterThanOrEqual(195);
  await subscription.delete();
});

it('posts what was published before the subscription got its endpoint', async () => {
  const endpoint = await newEndpoint([200]);
  const [subscription] = await topic.createSubscription(host.uniqueId('push'));
  await topic.publishMessage({ data: Buffer.from('stored') });
  await subscription.modifyPushConfig({ pushEndpoint: endpoint.url });
  const [request] = await endpoint.received(1);
  expect(JSON.parse(request?.body ?? '').message.data).toBe(Buffer.from('stored').toString('base64'));
  await subscription.delete();
});

it('lets a push subscription be pulled only after its endpoint is removed', async () => {
  const endpoint = await newEndpoint([]);
  const [subscription] = await topic.createSubscription(host.uniqueId('push'), { pushEndpoint: endpoint.url });
  const pulling = host.subscriber.pull({ subscription: subscription.name, maxMessages: 1 });
  await expect(pulling).rejects.toThrow(expect.objectContaining({ code: status.FAILED_PRECONDITION }));
  await subscription.modifyPushConfig({});
  await topic.publishMessage({ data: Buffer.from('pulled') });
  const [response] = await host.subscriber.pull({ subscription: subscription.name, maxMessages: 1 });
  expect(response.receivedMessages).toHaveLength(1);
  await subscription.delete();
});
