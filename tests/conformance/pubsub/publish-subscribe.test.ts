import { once } from 'node:events';
import type { Topic } from '@google-cloud/pubsub';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PubSubHost, startHost } from './support/host.ts';
import { Inbox } from './support/inbox.ts';

let host: PubSubHost;

beforeAll(async () => {
  host = await startHost();
});

afterAll(async () => host.close());

async function newTopic(): Promise<Topic> {
  const [topic] = await host.client.createTopic(host.uniqueId('topic'));
  return topic;
}

describe('a published message', () => {
  it('arrives with its data, attributes, id and time', async () => {
    const topic = await newTopic();
    const [subscription] = await topic.createSubscription(host.uniqueId('sub'));
    const inbox = new Inbox(subscription);
    const before = Date.now();
    const data = Buffer.from([0, 127, 128, 255]);
    const id = await topic.publishMessage({ data, attributes: { side: 'BUY', empty: '' } });
    const [message] = await inbox.received(1);
    expect(message).toMatchObject({ id, data, attributes: { side: 'BUY', empty: '' }, orderingKey: '' });
    const publishedAt = message?.publishTime.getTime() ?? NaN;
    expect(publishedAt).toBeGreaterThanOrEqual(before - 1_000);
    expect(publishedAt).toBeLessThanOrEqual(Date.now() + 1_000);
    await inbox.close();
  });

  it('may have attributes only', async () => {
    const topic = await newTopic();
    const [subscription] = await topic.createSubscription(host.uniqueId('sub'));
    const inbox = new Inbox(subscription);
    await topic.publishMessage({ data: Buffer.alloc(0), attributes: { wake: 'up' } });
    const [message] = await inbox.received(1);
    expect(message).toMatchObject({ length: 0, attributes: { wake: 'up' } });
    await inbox.close();
  });

  it('goes to every subscription of its topic, and to those only that existed before it', async () => {
    const topic = await newTopic();
    const early = await Promise.all([1, 2].map(async () => topic.createSubscription(host.uniqueId('sub'))));
    await topic.publishMessage({ data: Buffer.from('first') });
    const late = await topic.createSubscription(host.uniqueId('sub'));
    await topic.publishMessage({ data: Buffer.from('second') });
    const inboxes = [...early, late].map(([subscription]) => new Inbox(subscription));
    const [one, two, three] = inboxes;
    await Promise.all([one?.received(2), two?.received(2), three?.received(1)]);
    expect(inboxes.map(({ texts }) => texts.toSorted())).toEqual([['first', 'second'], ['first', 'second'], ['second']]);
    await Promise.all(inboxes.map(async (inbox) => inbox.close()));
  });

  it('waits for a subscriber to come', async () => {
    const topic = await newTopic();
    const [subscription] = await topic.createSubscription(host.uniqueId('sub'));
    await topic.publishMessage({ data: Buffer.from('early') });
    const inbox = new Inbox(subscription);
    await inbox.received(1);
    expect(inbox.texts).toEqual(['early']);
    await inbox.close();
  });

  it('is refused with INVALID_ARGUMENT when it is empty', async () => {
    const topic = await newTopic();
    const empty = topic.publishMessage({ data: Buffer.alloc(0) });
    await expect(empty).rejects.toThrow(expect.objectContaining({ code: status.INVALID_ARGUMENT }));
  });
});

describe('many messages', () => {
  it('arrive once each when they are published in batches and acknowledged', async () => {
    const topic = await newTopic();
    topic.setPublishOptions({ batching: { maxMessages: 100, maxMilliseconds: 5 } });
    const [subscription] = await topic.createSubscription(host.uniqueId('sub'));
    const inbox = new Inbox(subscription);
    const texts = Array.from({ length: 1_500 }, (_, index) => `m${index}`);
    const ids = await Promise.all(texts.map(async (text) => topic.publishMessage({ data: Buffer.from(text) })));
    await inbox.received(texts.length);
    expect(new Set(ids).size).toBe(texts.length);
    expect(inbox.texts.toSorted()).toEqual(texts.toSorted());
    await inbox.close();
  });

  it('come no faster than the flow control of a stream allows', async () => {
    const topic = await newTopic();
    const [subscription] = await topic.createSubscription(host.uniqueId('sub'));
    const name = subscription.name;
    await Promise.all(['1', '2', '3', '4'].map(async (text) => topic.publishMessage({ data: Buffer.from(text) })));
    const stream = host.subscriber.streamingPull();
    const held: string[] = [];
    const waiting: (() => void)[] = [];
    stream.on('data', ({ receivedMessages }: { receivedMessages: { ackId: string }[] }) => {
      held.push(...receivedMessages.map(({ ackId }) => ackId));
      for (const wake of waiting.splice(0)) wake();
    });
    const holds = async (count: number) => {
      while (held.length < count) await new Promise<void>((resolve) => void waiting.push(resolve));
    };
    stream.write({ subscription: name, streamAckDeadlineSeconds: 60, maxOutstandingMessages: 2 });
    await holds(2);
    await subscription.getMetadata();
    expect(held).toHaveLength(2);
    await host.subscriber.acknowledge({ subscription: name, ackIds: held.slice(0, 1) });
    await holds(3);
    await subscription.getMetadata();
    expect(held).toHaveLength(3);
    stream.write({ ackIds: held.slice(1) });
    await holds(4);
    stream.end();
    await once(stream, 'end');
  });
});

describe('a pull', () => {
  it('gives what is there, up to its maximum', async () => {
    const topic = await newTopic();
    const [subscription] = await topic.createSubscription(host.uniqueId('sub'));
    await Promise.all(['1', '2', '3'].map(async (text) => topic.publishMessage({ data: Buffer.from(text) })));
    const [response] = await host.subscriber.pull({ subscription: subscription.name, maxMessages: 2 });
    expect(response.receivedMessages).toHaveLength(2);
  });

  it('waits for a message that comes while it is open', async () => {
    const topic = await newTopic();
    const [subscription] = await topic.createSubscription(host.uniqueId('sub'));
    const pulling = host.subscriber.pull({ subscription: subscription.name, maxMessages: 5 });
    await topic.publishMessage({ data: Buffer.from('now') });
    const [response] = await pulling;
    expect(response.receivedMessages?.map(({ message }) => String(message?.data))).toEqual(['now']);
  });

  it('is NOT_FOUND for a subscription that does not exist', async () => {
    const name = `projects/${host.projectId}/subscriptions/${host.uniqueId('absent')}`;
    const pulling = host.subscriber.pull({ subscription: name, maxMessages: 1 });
    await expect(pulling).rejects.toThrow(expect.objectContaining({ code: status.NOT_FOUND }));
  });
});
