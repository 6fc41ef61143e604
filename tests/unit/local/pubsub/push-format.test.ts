import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../../local/pubsub/message.ts';
import { pushRequest } from '../../../../local/pubsub/push-format.ts';
import { resourceOf } from '../../../../local/pubsub/subscription-resource.ts';
import { DEAD_TOPIC, TOPIC, WORKER } from './support/broker-fixture.ts';

const delivery: Delivery = {
  ackId: '7:3:1',
  attempt: 3,
  message: {
    messageId: '7',
    data: Buffer.from('{"qty":"1"}'),
    attributes: { side: 'BUY' },
    orderingKey: 'btc',
    publishTimeMs: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  },
};

const subscription = resourceOf({ name: WORKER, topic: TOPIC });

const body = {
  message: {
    data: 'eyJxdHkiOiIxIn0=',
    messageId: '7',
    message_id: '7',
    publishTime: '2026-01-02T03:04:05.678Z',
    publish_time: '2026-01-02T03:04:05.678Z',
    attributes: { side: 'BUY' },
    orderingKey: 'btc',
  },
  subscription: WORKER,
};

const event = {
  specversion: '1.0',
  id: '7',
  type: 'google.cloud.pubsub.topic.v1.messagePublished',
  source: `//pubsub.googleapis.com/${TOPIC}`,
  time: '2026-01-02T03:04:05.678Z',
};

describe('a push request', () => {
  it('wraps the message as Pub/Sub does', () => {
    const request = pushRequest(delivery, subscription, 'wrapper');
    expect(request.headers).toEqual({ 'content-type': 'application/json' });
    expect(JSON.parse(request.body)).toEqual(body);
  });

  it('leaves out attributes and ordering key when there are none', () => {
    const message = { ...delivery.message, attributes: {}, orderingKey: '' };
    const request = pushRequest({ ...delivery, message }, subscription, 'wrapper');
    expect(Object.keys(JSON.parse(request.body).message)).toEqual(['data', 'messageId', 'message_id', 'publishTime', 'publish_time']);
  });

  it('tells the delivery attempt when the subscription has a dead letter policy', () => {
    const counting = resourceOf({ name: WORKER, topic: TOPIC, deadLetter: { topic: DEAD_TOPIC, maxDeliveryAttempts: 5 } });
    expect(JSON.parse(pushRequest(delivery, counting, 'wrapper').body)).toEqual({ ...body, deliveryAttempt: 3 });
  });

  it('is a binary CloudEvent with its attributes in headers', () => {
    const request = pushRequest(delivery, subscription, 'cloudevent-binary');
    const headers = Object.fromEntries(Object.entries(event).map(([name, value]) => [`ce-${name}`, value]));
    expect(request.headers).toEqual({ ...headers, 'content-type': 'application/json' });
    expect(JSON.parse(request.body)).toEqual(body);
  });

  it('is a structured CloudEvent with the wrapper as its data', () => {
    const request = pushRequest(delivery, subscription, 'cloudevent-structured');
    expect(request.headers).toEqual({ 'content-type': 'application/cloudevents+json' });
    expect(JSON.parse(request.body)).toEqual({ ...event, datacontenttype: 'application/json', data: body });
  });
});
