import { describe, expect, it } from 'vitest';
import { brokerFixture, type BrokerFixture, DEAD_TOPIC, type RecordingConsumer, text, WORKER } from './support/broker-fixture.ts';

const MORGUE = 'projects/demo-unit/subscriptions/morgue';
const deadLetter = { topic: DEAD_TOPIC, maxDeliveryAttempts: 5 };

function nackTimes(times: number, consumer: RecordingConsumer, { nack }: BrokerFixture): void {
  for (let done = 0; done < times; done += 1) nack(consumer.last);
}

describe('dead letters', () => {
  it('leave the subscription after the last attempt, with the attributes Google adds', () => {
    const fixture = brokerFixture();
    const publishedAt = new Date(fixture.timers.now()).toISOString();
    const consumer = fixture.subscribe({ deadLetter });
    const morgue = fixture.subscribe({ name: MORGUE, topic: DEAD_TOPIC });
    fixture.publish({ data: Buffer.from('poison'), attributes: { kind: 'order' }, orderingKey: '' });
    fixture.timers.advance(1_000);
    nackTimes(5, consumer, fixture);
    expect(consumer.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
    expect(morgue.texts).toEqual(['poison']);
    expect(morgue.last.message.attributes).toEqual({
      kind: 'order',
      CloudPubSubDeadLetterSourceDeliveryCount: '5',
      CloudPubSubDeadLetterSourceSubscription: 'worker',
      CloudPubSubDeadLetterSourceSubscriptionProject: 'demo-unit',
      CloudPubSubDeadLetterSourceTopicPublishTime: publishedAt,
    });
    expect(fixture.counters).toMatchObject({ nacked: 5, deadLettered: 1, published: 2 });
  });

  it('count missed deadlines as attempts', () => {
    const fixture = brokerFixture();
    fixture.subscribe({ deadLetter });
    const morgue = fixture.subscribe({ name: MORGUE, topic: DEAD_TOPIC });
    fixture.publish(text('slow'));
    fixture.timers.advance(49_999);
    expect(morgue.texts).toEqual([]);
    fixture.timers.advance(1);
    expect(morgue.texts).toEqual(['slow']);
  });

  it('do not happen to a message that its last attempt acknowledges', () => {
    const fixture = brokerFixture();
    const consumer = fixture.subscribe({ deadLetter });
    const morgue = fixture.subscribe({ name: MORGUE, topic: DEAD_TOPIC });
    fixture.publish(text('saved'));
    nackTimes(4, consumer, fixture);
    fixture.ack(consumer.last);
    expect(morgue.texts).toEqual([]);
    expect(fixture.broker.subscription(WORKER).queue.depth().unacked).toBe(0);
  });

  it('stay with the subscription while the dead letter topic is gone', () => {
    const fixture = brokerFixture();
    const consumer = fixture.subscribe({ deadLetter });
    fixture.broker.deleteTopic(DEAD_TOPIC);
    fixture.publish(text('kept'));
    nackTimes(6, consumer, fixture);
    expect(consumer.last.attempt).toBe(7);
  });

  it('let the next message of their ordering key go', () => {
    const fixture = brokerFixture();
    const consumer = fixture.subscribe({ deadLetter, enableMessageOrdering: true });
    fixture.publish(text('poison', 'btc'), text('next', 'btc'));
    nackTimes(5, consumer, fixture);
    expect(consumer.texts.at(-1)).toBe('next');
  });
});
