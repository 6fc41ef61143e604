import type { CreateSubscriptionOptions, Subscription, Topic } from '@google-cloud/pubsub';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PubSubHost, startHost } from './support/host.ts';
import { Inbox } from './support/inbox.ts';

let host: PubSubHost;

beforeAll(async () => {
  host = await startHost();
});

afterAll(async () => host.close());

async function newSubscription(options: CreateSubscriptionOptions = {}): Promise<{ topic: Topic; subscription: Subscription }> {
  const [topic] = await host.client.createTopic(host.uniqueId('topic'));
  const [subscription] = await topic.createSubscription(host.uniqueId('sub'), options);
  return { topic, subscription };
}

/** Pulls until a message is there. */
async function pullOne(subscription: string): Promise<{ ackId: string; text: string }> {
  for (;;) {
    const [{ receivedMessages }] = await host.subscriber.pull({ subscription, maxMessages: 1 });
    const received = receivedMessages?.[0];
    if (received) return { ackId: received.ackId ?? '', text: String(received.message?.data) };
  }
}

describe('a message that is not acknowledged', () => {
  it('comes again after a nack', async () => {
    const { topic, subscription } = await newSubscription();
    const inbox = new Inbox(subscription, (message) => (inbox.messages.length === 1 ? message.nack() : message.ack()));
    const id = await topic.publishMessage({ data: Buffer.from('again') });
    const messages = await inbox.received(2);
    expect(messages.map((message) => message.id)).toEqual([id, id]);
    await inbox.close();
  });

  it('comes again when its deadline passes, under another ack id', async () => {
    const { topic, subscription } = await newSubscription();
    await topic.publishMessage({ data: Buffer.from('late') });
    const first = await pullOne(subscription.name);
    const started = performance.now();
    await host.subscriber.modifyAckDeadline({ subscription: subscription.name, ackIds: [first.ackId], ackDeadlineSeconds: 1 });
    const second = await pullOne(subscription.name);
    expect(performance.now() - started).toBeGreaterThan(900);
    expect(second.text).toBe('late');
    expect(second.ackId).not.toBe(first.ackId);
  });

  it('waits the minimum backoff, then twice as long', async () => {
    const { topic, subscription } = await newSubscription({
      retryPolicy: { minimumBackoff: { nanos: 200_000_000 }, maximumBackoff: { seconds: 10 } },
    });
    const arrivals: number[] = [];
    const inbox = new Inbox(subscription, (message) => {
      arrivals.push(performance.now());
      if (arrivals.length < 3) message.nack();
      else message.ack();
    });
    await topic.publishMessage({ data: Buffer.from('patience') });
    await inbox.received(3);
    const [first = NaN, second = NaN, third = NaN] = arrivals;
    expect(second - first).toBeGreaterThanOrEqual(195);
    expect(third - second).toBeGreaterThanOrEqual(395);
    await inbox.close();
  });
});

describe('ordered messages', () => {
  it('arrive in publish order per key', async () => {
    const { topic, subscription } = await newSubscription({ enableMessageOrdering: true });
    topic.setPublishOptions({ messageOrdering: true });
    const inbox = new Inbox(subscription);
    const keys = ['btc', 'eth'];
    const rounds = Array.from({ length: 20 }, (_, round) => keys.map((orderingKey) => ({ orderingKey, data: Buffer.from(`${orderingKey} ${round}`) })));
    await Promise.all(rounds.flat().map(async (message) => topic.publishMessage(message)));
    await inbox.received(40);
    for (const key of keys) {
      const ofKey = inbox.texts.filter((text) => text.startsWith(key));
      expect(ofKey).toEqual(rounds.map((_, round) => `${key} ${round}`));
    }
    await inbox.close();
  });

  it('keep their order when one of them is nacked', async () => {
    const { topic, subscription } = await newSubscription({ enableMessageOrdering: true });
    topic.setPublishOptions({ messageOrdering: true });
    const acked: string[] = [];
    let nacked = false;
    const inbox = new Inbox(subscription, (message) => {
      if (message.data.toString() === '1' && !nacked) {
        nacked = true;
        message.nack();
      } else {
        acked.push(message.data.toString());
        message.ack();
      }
    });
    await Promise.all(['0', '1', '2', '3'].map(async (text) => topic.publishMessage({ data: Buffer.from(text), orderingKey: 'btc' })));
    await inbox.received(5);
    expect(acked).toEqual(['0', '1', '2', '3']);
    await inbox.close();
  });
});

describe('a message that is nacked too often', () => {
  it('goes to the dead letter topic with its history, and its attempts are counted', async () => {
    const [dead] = await host.client.createTopic(host.uniqueId('dead'));
    const [morgue] = await dead.createSubscription(host.uniqueId('morgue'));
    const deadLetterPolicy = { deadLetterTopic: dead.name, maxDeliveryAttempts: 5 };
    const { topic, subscription } = await newSubscription({ deadLetterPolicy });
    const inbox = new Inbox(subscription, (message) => message.nack());
    const deadInbox = new Inbox(morgue);
    await topic.publishMessage({ data: Buffer.from('poison'), attributes: { kind: 'order' } });
    const [letter] = await deadInbox.received(1);
    expect(inbox.messages.map(({ deliveryAttempt }) => deliveryAttempt)).toEqual([1, 2, 3, 4, 5]);
    expect(letter?.data.toString()).toBe('poison');
    expect(letter?.attributes).toMatchObject({
      kind: 'order',
      CloudPubSubDeadLetterSourceDeliveryCount: '5',
      CloudPubSubDeadLetterSourceSubscription: subscription.name.split('/').at(-1),
      CloudPubSubDeadLetterSourceSubscriptionProject: host.projectId,
    });
    await Promise.all([inbox.close(), deadInbox.close()]);
  });
});
