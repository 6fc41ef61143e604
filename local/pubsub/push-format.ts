/** How a message looks as an HTTP request; pure. */
import type { Delivery } from './message.ts';
import type { SubscriptionResource } from './wire.ts';

/**
 * `wrapper`: Pub/Sub's own push body. The CloudEvent forms are what Eventarc sends to 2nd gen functions, with the
 * event's attributes in `ce-` headers (binary) or in the body (structured).
 */
export type PushFormat = 'wrapper' | 'cloudevent-binary' | 'cloudevent-structured';

export interface PushRequest {
  readonly headers: Record<string, string>;
  readonly body: string;
}

function wrapped(delivery: Delivery, subscription: SubscriptionResource): object {
  const { messageId, data, attributes, orderingKey, publishTimeMs } = delivery.message;
  const publishTime = new Date(publishTimeMs).toISOString();
  return {
    message: {
      data: data.toString('base64'),
      messageId,
      message_id: messageId,
      publishTime,
      publish_time: publishTime,
      ...(Object.keys(attributes).length > 0 && { attributes }),
      ...(orderingKey !== '' && { orderingKey }),
    },
    subscription: subscription.name,
    ...(subscription.deadLetterPolicy && { deliveryAttempt: delivery.attempt }),
  };
}

function eventAttributes(delivery: Delivery, subscription: SubscriptionResource): Record<string, string> {
  return {
    specversion: '1.0',
    id: delivery.message.messageId,
    type: 'google.cloud.pubsub.topic.v1.messagePublished',
    source: `//pubsub.googleapis.com/${subscription.topic}`,
    time: new Date(delivery.message.publishTimeMs).toISOString(),
  };
}

export function pushRequest(delivery: Delivery, subscription: SubscriptionResource, format: PushFormat): PushRequest {
  const data = wrapped(delivery, subscription);
  const json = { 'content-type': 'application/json' };
  if (format === 'wrapper') return { headers: json, body: JSON.stringify(data) };
  const event = eventAttributes(delivery, subscription);
  if (format === 'cloudevent-binary') {
    const headers = Object.fromEntries(Object.entries(event).map(([name, value]) => [`ce-${name}`, value]));
    return { headers: { ...headers, ...json }, body: JSON.stringify(data) };
  }
  const structured = { ...event, datacontenttype: 'application/json', data };
  return { headers: { 'content-type': 'application/cloudevents+json' }, body: JSON.stringify(structured) };
}
