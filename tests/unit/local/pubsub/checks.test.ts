import { status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import type { NewMessage } from '../../../../local/pubsub/message.ts';
import { checkMessages } from '../../../../local/pubsub/message-check.ts';
import { checkResourceName } from '../../../../local/pubsub/resource-names.ts';
import { checkedSubscription, resourceOf, updatedSubscription } from '../../../../local/pubsub/subscription-resource.ts';
import type { SubscriptionResource } from '../../../../local/pubsub/wire.ts';
import { DEAD_TOPIC, text, TOPIC, WORKER } from './support/broker-fixture.ts';

const INVALID = expect.objectContaining({ code: status.INVALID_ARGUMENT });

const resource = (change: Partial<SubscriptionResource> = {}): SubscriptionResource => ({
  ...resourceOf({ name: WORKER, topic: TOPIC }),
  ...change,
});

const message = (change: Partial<NewMessage>): NewMessage => ({ ...text('x'), ...change });

describe('resource names', () => {
  it.each(['projects/p/topics/abc', 'projects/p/topics/a-b_c.d~e+f%25', `projects/p/topics/${'a'.repeat(255)}`])('allow %s', (name) => {
    expect(() => checkResourceName(name, 'topics')).not.toThrow();
  });

  it.each([
    'orders',
    'projects/p/subscriptions/abc',
    'projects/p/topics/ab',
    'projects/p/topics/1abc',
    'projects/p/topics/google-x',
    'projects/p/topics/a b c',
    'projects/p/topics/abc/def',
    'projects//topics/abc',
    `projects/p/topics/${'a'.repeat(256)}`,
  ])('refuse %s for a topic', (name) => {
    expect(() => checkResourceName(name, 'topics')).toThrow(INVALID);
  });
});

describe('a publish request', () => {
  it('may hold a message with attributes only', () => {
    expect(() => checkMessages([message({ data: Buffer.alloc(0), attributes: { key: '' } })])).not.toThrow();
  });

  it.each<[string, NewMessage[]]>([
    ['no message', []],
    ['1,001 messages', Array.from({ length: 1_001 }, () => text('x'))],
    ['an empty message', [message({ data: Buffer.alloc(0) })]],
    ['a message above 10 MB', [message({ data: Buffer.alloc(10_000_001) })]],
    ['a long ordering key', [message({ orderingKey: 'k'.repeat(1_025) })]],
    ['an empty attribute key', [message({ attributes: { '': 'v' } })]],
    ['a long attribute key', [message({ attributes: { ['k'.repeat(257)]: 'v' } })]],
    ['a reserved attribute key', [message({ attributes: { googclient: 'v' } })]],
    ['a long attribute value', [message({ attributes: { key: 'v'.repeat(1_025) } })]],
    ['101 attributes', [message({ attributes: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`k${i}`, 'v'])) })]],
  ])('may not hold %s', (_, messages) => {
    expect(() => checkMessages(messages)).toThrow(INVALID);
  });
});

describe('a subscription', () => {
  it('gets the defaults of Pub/Sub', () => {
    const checked = checkedSubscription(resource({ deadLetterPolicy: { deadLetterTopic: DEAD_TOPIC, maxDeliveryAttempts: 0 } }));
    expect(checked).toMatchObject({ ackDeadlineSeconds: 10, deadLetterPolicy: { maxDeliveryAttempts: 5 } });
  });

  it.each<[string, Partial<SubscriptionResource>]>([
    ['an ack deadline below 10 s', { ackDeadlineSeconds: 9 }],
    ['an ack deadline above 600 s', { ackDeadlineSeconds: 601 }],
    ['4 delivery attempts', { deadLetterPolicy: { deadLetterTopic: DEAD_TOPIC, maxDeliveryAttempts: 4 } }],
    ['101 delivery attempts', { deadLetterPolicy: { deadLetterTopic: DEAD_TOPIC, maxDeliveryAttempts: 101 } }],
    ['a dead letter topic that is not a topic', { deadLetterPolicy: { deadLetterTopic: 'dead', maxDeliveryAttempts: 5 } }],
    ['a backoff above 600 s', { retryPolicy: { maximumBackoff: { seconds: 601, nanos: 0 } } }],
    ['a minimum backoff above the maximum', { retryPolicy: { minimumBackoff: { seconds: 3, nanos: 0 }, maximumBackoff: { seconds: 2, nanos: 0 } } }],
    ['an endpoint that is not a URL', { pushConfig: { pushEndpoint: 'here', attributes: {} } }],
    ['an endpoint of another scheme', { pushConfig: { pushEndpoint: 'ftp://host/', attributes: {} } }],
  ])('may not have %s', (_, change) => {
    expect(() => checkedSubscription(resource(change))).toThrow(INVALID);
  });

  it.each<[string, Partial<SubscriptionResource>]>([
    ['filters', { filter: 'attributes:x' }],
    ['exactly-once delivery', { enableExactlyOnceDelivery: true }],
    ['export', { bigqueryConfig: {} }],
    ['transforms', { messageTransforms: [{}] }],
    ['unwrapped push', { pushConfig: { pushEndpoint: 'http://host/', attributes: {}, noWrapper: {} } }],
  ])('with %s is refused, not served without', (_, change) => {
    expect(() => checkedSubscription(resource(change))).toThrow(expect.objectContaining({ code: status.UNIMPLEMENTED }));
  });

  it('takes only the fields that the update mask names', () => {
    const patch = resource({ ackDeadlineSeconds: 60, labels: { team: 'x' } });
    const updated = updatedSubscription(resource({ ackDeadlineSeconds: 20 }), patch, ['ack_deadline_seconds']);
    expect(updated).toMatchObject({ ackDeadlineSeconds: 60, labels: {} });
  });

  it.each([[[]], [['topic']], [['enable_message_ordering']], [['push_config.push_endpoint']], [['nonsense']]])(
    'cannot be updated with the mask %o',
    (paths) => {
      expect(() => updatedSubscription(resource(), resource(), paths)).toThrow(INVALID);
    },
  );
});
