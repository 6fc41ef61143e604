import { expect, it } from 'vitest';
import { brokerFixture, RecordingConsumer, text, TOPIC } from './support/broker-fixture.ts';

const subscription = (id: string) => `projects/demo-unit/subscriptions/${id}`;

it('hands over in publish order, and one message to its subscriptions by their names', () => {
  const { publish, subscribe } = brokerFixture();
  const handOvers: string[] = [];
  for (const id of ['zulu', 'alpha', 'mike']) {
    const consumer = new RecordingConsumer();
    consumer.deliver = ({ message }) => void handOvers.push(`${message.data.toString()} ${id}`);
    subscribe({ name: subscription(id) }, consumer);
  }
  publish(text('1'), text('2'));
  expect(handOvers).toEqual(['1 alpha', '1 mike', '1 zulu', '2 alpha', '2 mike', '2 zulu']);
});

it('puts a redelivered message before later ones that still wait', () => {
  const { publish, subscribe, ack, nack } = brokerFixture();
  const consumer = subscribe({}, new RecordingConsumer(1));
  publish(text('1'), text('2'));
  nack(consumer.last);
  ack(consumer.last);
  expect(consumer.texts).toEqual(['1', '1', '2']);
});

it('may publish while it hands over', () => {
  const { publish, subscribe, broker, timers } = brokerFixture();
  const consumer = subscribe();
  const record = consumer.deliver.bind(consumer);
  consumer.deliver = (delivery) => {
    record(delivery);
    if (delivery.message.data.toString() === 'first') broker.publish(TOPIC, [text('follow-up')]);
  };
  publish(text('first'), text('second'));
  timers.advance(0);
  expect(consumer.texts).toEqual(['first', 'second', 'follow-up']);
});
