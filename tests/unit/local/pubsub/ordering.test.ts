import { describe, expect, it } from 'vitest';
import { brokerFixture, text } from './support/broker-fixture.ts';

describe('ordering keys', () => {
  it('hold back later messages of a key until the earlier one is acknowledged', () => {
    const { publish, subscribe, ack } = brokerFixture();
    const consumer = subscribe({ enableMessageOrdering: true });
    publish(text('1', 'btc'), text('2', 'btc'));
    expect(consumer.texts).toEqual(['1']);
    ack(consumer.last);
    expect(consumer.texts).toEqual(['1', '2']);
  });

  it('keep the order of a key across a nack, a backoff and a missed deadline', () => {
    const { publish, subscribe, ack, nack, timers } = brokerFixture();
    const consumer = subscribe({ enableMessageOrdering: true, retry: { minimumMs: 500, maximumMs: 500 } });
    publish(text('1', 'btc'), text('2', 'btc'));
    nack(consumer.last);
    publish(text('3', 'btc'));
    timers.advance(500);
    timers.advance(10_500);
    while (consumer.texts.length < 5) {
      ack(consumer.last);
      timers.advance(0);
    }
    expect(consumer.texts).toEqual(['1', '1', '1', '2', '3']);
  });

  it('do not hold back other keys or messages without a key', () => {
    const { publish, subscribe, nack } = brokerFixture();
    const consumer = subscribe({ enableMessageOrdering: true, retry: { minimumMs: 500, maximumMs: 500 } });
    publish(text('b1', 'btc'));
    nack(consumer.last);
    publish(text('b2', 'btc'), text('e1', 'eth'), text('free'));
    expect(consumer.texts).toEqual(['b1', 'e1', 'free']);
  });

  it('mean nothing to a subscription without message ordering', () => {
    const { publish, subscribe } = brokerFixture();
    const consumer = subscribe();
    publish(text('1', 'btc'), text('2', 'btc'));
    expect(consumer.texts).toEqual(['1', '2']);
  });
});
