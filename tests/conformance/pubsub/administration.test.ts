import type { GetTopicsResponse } from '@google-cloud/pubsub';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PubSubHost, startHost } from './support/host.ts';

let host: PubSubHost;

beforeAll(async () => {
  host = await startHost();
});

afterAll(async () => host.close());

const failsWith = (code: status) => expect.objectContaining({ code });

const fullName = (kind: 'topics' | 'subscriptions', id: string) => `projects/${host.projectId}/${kind}/${id}`;

describe('topics', () => {
  it('exist from creation to deletion', async () => {
    const topic = host.client.topic(host.uniqueId('topic'));
    expect(await topic.exists()).toEqual([false]);
    await topic.create();
    expect(await topic.exists()).toEqual([true]);
    await topic.delete();
    expect(await topic.exists()).toEqual([false]);
  });

  it('keep their labels, and take new ones', async () => {
    const name = fullName('topics', host.uniqueId('topic'));
    await host.client.createTopic({ name, labels: { team: 'risk' } });
    expect((await host.client.topic(name).getMetadata())[0]).toMatchObject({ name, labels: { team: 'risk' } });
    await host.client.topic(name).setMetadata({ labels: { team: 'venue' } });
    expect((await host.client.topic(name).getMetadata())[0].labels).toEqual({ team: 'venue' });
  });

  it('are listed with their subscriptions', async () => {
    const [topic] = await host.client.createTopic(host.uniqueId('topic'));
    const ids = [host.uniqueId('sub'), host.uniqueId('sub')];
    await Promise.all(ids.map(async (id) => topic.createSubscription(id)));
    const [topics] = await host.client.getTopics();
    expect(topics.map(({ name }) => name)).toContain(topic.name);
    const [subscriptions] = await topic.getSubscriptions();
    expect(subscriptions.map(({ name }) => name).toSorted()).toEqual(ids.map((id) => fullName('subscriptions', id)));
  });

  it('are listed page by page', async () => {
    const created = await Promise.all([1, 2, 3].map(async () => host.client.createTopic(host.uniqueId('paged'))));
    const names: string[] = [];
    let pageToken = '';
    do {
      const page: GetTopicsResponse = await host.client.getTopics({ pageSize: 2, pageToken, autoPaginate: false });
      expect(page[0].length).toBeLessThanOrEqual(2);
      names.push(...page[0].map(({ name }) => name));
      pageToken = page.length === 3 ? (page[2].nextPageToken ?? '') : '';
    } while (pageToken !== '');
    expect(names).toEqual(expect.arrayContaining(created.map(([topic]) => topic.name)));
    expect(new Set(names).size).toBe(names.length);
  });

  it('are NOT_FOUND when they do not exist', async () => {
    const topic = host.client.topic(host.uniqueId('absent'));
    await expect(topic.getMetadata()).rejects.toThrow(failsWith(status.NOT_FOUND));
    await expect(topic.delete()).rejects.toThrow(failsWith(status.NOT_FOUND));
    await expect(topic.publishMessage({ data: Buffer.from('x') })).rejects.toThrow(failsWith(status.NOT_FOUND));
  });

  it('are ALREADY_EXISTS at a second creation', async () => {
    const id = host.uniqueId('topic');
    await host.client.createTopic(id);
    await expect(host.client.createTopic(id)).rejects.toThrow(failsWith(status.ALREADY_EXISTS));
  });

  it('are INVALID_ARGUMENT with a bad id', async () => {
    await expect(host.client.createTopic('1-starts-with-a-digit')).rejects.toThrow(failsWith(status.INVALID_ARGUMENT));
  });
});

describe('subscriptions', () => {
  it('say what they were created with', async () => {
    const [topic] = await host.client.createTopic(host.uniqueId('topic'));
    const [dead] = await host.client.createTopic(host.uniqueId('dead'));
    const [subscription] = await topic.createSubscription(host.uniqueId('sub'), {
      ackDeadlineSeconds: 42,
      enableMessageOrdering: true,
      retryPolicy: { minimumBackoff: { seconds: 1 }, maximumBackoff: { seconds: 30 } },
      deadLetterPolicy: { deadLetterTopic: dead.name, maxDeliveryAttempts: 7 },
      labels: { team: 'risk' },
    });
    const [metadata] = await subscription.getMetadata();
    expect(metadata).toMatchObject({
      name: subscription.name,
      topic: topic.name,
      ackDeadlineSeconds: 42,
      enableMessageOrdering: true,
      retryPolicy: { minimumBackoff: { seconds: '1' }, maximumBackoff: { seconds: '30' } },
      deadLetterPolicy: { deadLetterTopic: dead.name, maxDeliveryAttempts: 7 },
      labels: { team: 'risk' },
    });
  });

  it('take new settings', async () => {
    const [topic] = await host.client.createTopic(host.uniqueId('topic'));
    const [subscription] = await topic.createSubscription(host.uniqueId('sub'));
    await subscription.setMetadata({ ackDeadlineSeconds: 60, labels: { a: 'b' } });
    expect((await subscription.getMetadata())[0]).toMatchObject({ ackDeadlineSeconds: 60, labels: { a: 'b' } });
  });

  it('are listed and deleted', async () => {
    const [topic] = await host.client.createTopic(host.uniqueId('topic'));
    const [subscription] = await topic.createSubscription(host.uniqueId('sub'));
    const names = async () => (await host.client.getSubscriptions())[0].map(({ name }) => name);
    expect(await names()).toContain(subscription.name);
    await subscription.delete();
    expect(await names()).not.toContain(subscription.name);
  });

  it('outlive their topic', async () => {
    const [topic] = await host.client.createTopic(host.uniqueId('topic'));
    const [subscription] = await topic.createSubscription(host.uniqueId('sub'));
    await topic.delete();
    expect((await subscription.getMetadata())[0].topic).toBe('_deleted-topic_');
  });

  it('are NOT_FOUND without a topic, or when they do not exist', async () => {
    const orphan = host.client.topic(host.uniqueId('absent')).createSubscription(host.uniqueId('sub'));
    await expect(orphan).rejects.toThrow(failsWith(status.NOT_FOUND));
    const absent = host.client.subscription(host.uniqueId('absent'));
    await expect(absent.getMetadata()).rejects.toThrow(failsWith(status.NOT_FOUND));
    await expect(absent.delete()).rejects.toThrow(failsWith(status.NOT_FOUND));
  });

  it('report NOT_FOUND to whoever listens to one that does not exist', async () => {
    const absent = host.client.subscription(host.uniqueId('absent'));
    const error = new Promise((resolve) => void absent.once('error', resolve));
    absent.on('message', () => undefined);
    expect(await error).toMatchObject({ code: status.NOT_FOUND });
  });

  it('are ALREADY_EXISTS at a second creation', async () => {
    const [topic] = await host.client.createTopic(host.uniqueId('topic'));
    const id = host.uniqueId('sub');
    await topic.createSubscription(id);
    await expect(topic.createSubscription(id)).rejects.toThrow(failsWith(status.ALREADY_EXISTS));
  });

  it('are INVALID_ARGUMENT with a deadline or attempt limit out of range', async () => {
    const [topic] = await host.client.createTopic(host.uniqueId('topic'));
    const tooShort = topic.createSubscription(host.uniqueId('sub'), { ackDeadlineSeconds: 5 });
    await expect(tooShort).rejects.toThrow(failsWith(status.INVALID_ARGUMENT));
    const deadLetterPolicy = { deadLetterTopic: topic.name, maxDeliveryAttempts: 2 };
    const tooFew = topic.createSubscription(host.uniqueId('sub'), { deadLetterPolicy });
    await expect(tooFew).rejects.toThrow(failsWith(status.INVALID_ARGUMENT));
  });
});
