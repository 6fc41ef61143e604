import { describe, expect, it } from 'vitest';
import { brokerFixture, RecordingConsumer, text, WORKER } from './support/broker-fixture.ts';

describe('redelivery', () => {
  it('delivers an acknowledged message once', () => {
    const { publish, subscribe, ack, timers, broker } = brokerFixture();
    const consumer = subscribe();
    publish(text('a'));
    ack(consumer.last);
    timers.advance(3_600_000);
    expect(consumer.texts).toEqual(['a']);
    expect(broker.subscription(WORKER).queue.depth().unacked).toBe(0);
  });

  it('comes again at once after a nack when there is no retry policy', () => {
    const { publish, subscribe, nack } = brokerFixture();
    const consumer = subscribe();
    publish(text('a'));
    nack(consumer.last);
    expect(consumer.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2]);
  });

  it('comes again when the ack deadline passes, and not a millisecond earlier', () => {
    const { publish, subscribe, timers, counters } = brokerFixture();
    const consumer = subscribe({ ackDeadlineSeconds: 20 });
    publish(text('a'));
    timers.advance(19_999);
    expect(consumer.texts).toEqual(['a']);
    timers.advance(1);
    expect(consumer.texts).toEqual(['a', 'a']);
    expect(counters.expired).toBe(1);
    expect(consumer.abandoned).toHaveLength(1);
  });

  it('keeps a message whose deadline is extended', () => {
    const { publish, subscribe, timers, broker, ack } = brokerFixture();
    const consumer = subscribe();
    publish(text('a'));
    timers.advance(9_000);
    broker.settlement.modifyAckDeadline(broker.subscription(WORKER), [consumer.last.ackId], 60);
    timers.advance(59_999);
    ack(consumer.last);
    timers.advance(600_000);
    expect(consumer.texts).toEqual(['a']);
  });

  it('ignores an acknowledgement that comes after the deadline', () => {
    const { publish, subscribe, timers, ack, counters } = brokerFixture();
    const consumer = subscribe();
    publish(text('a'));
    const late = consumer.last;
    timers.advance(10_000);
    ack(late);
    expect(counters.acked).toBe(0);
    expect(consumer.last.attempt).toBe(2);
  });

  it('doubles the wait with every failure from the minimum to the maximum of the retry policy', () => {
    const { publish, subscribe, timers, nack } = brokerFixture();
    const consumer = subscribe({ retry: { minimumMs: 1_000, maximumMs: 5_000 } });
    publish(text('a'));
    const waits = [1_000, 2_000, 4_000, 5_000, 5_000].map((expected) => {
      const seen = consumer.deliveries.length;
      nack(consumer.last);
      timers.advance(expected - 1);
      const early = consumer.deliveries.length - seen;
      timers.advance(1);
      return [early, consumer.deliveries.length - seen];
    });
    expect(waits).toEqual([[0, 1], [0, 1], [0, 1], [0, 1], [0, 1]]);
  });

  it('backs off after a missed deadline as after a nack', () => {
    const { publish, subscribe, timers, broker } = brokerFixture();
    const consumer = subscribe({ retry: { minimumMs: 7_000, maximumMs: 7_000 } });
    publish(text('a'));
    timers.advance(10_000);
    expect(broker.subscription(WORKER).queue.depth()).toMatchObject({ waitingForBackoff: 1, nextRetryAtMs: timers.now() + 7_000 });
    timers.advance(7_000);
    expect(consumer.texts).toEqual(['a', 'a']);
  });

  it('leaves what a detached consumer held to its deadline, then gives it to another', () => {
    const { publish, subscribe, timers, broker } = brokerFixture();
    const first = subscribe();
    publish(text('a'));
    broker.subscription(WORKER).queue.detach(first);
    const second = subscribe();
    timers.advance(9_999);
    expect(second.texts).toEqual([]);
    timers.advance(1);
    expect(second.texts).toEqual(['a']);
  });

  it('never hands a consumer more than it has room for', () => {
    const { publish, subscribe, ack, timers } = brokerFixture();
    const consumer = subscribe({}, new RecordingConsumer(2));
    publish(text('a'), text('b'), text('c'));
    expect(consumer.texts).toEqual(['a', 'b']);
    ack(consumer.last);
    timers.advance(0);
    expect(consumer.texts).toEqual(['a', 'b', 'c']);
  });

  it('spreads messages over the consumers of a subscription', () => {
    const { publish, subscribe } = brokerFixture();
    const consumers = [subscribe(), subscribe()];
    publish(text('a'), text('b'), text('c'), text('d'));
    expect(consumers.map(({ texts }) => texts)).toEqual([['a', 'c'], ['b', 'd']]);
  });

  it('leaves no timer behind when it closes', () => {
    const { publish, subscribe, timers, nack, broker } = brokerFixture();
    const consumer = subscribe({ retry: { minimumMs: 1_000, maximumMs: 1_000 } }, new RecordingConsumer(1));
    publish(text('parked'));
    nack(consumer.last);
    publish(text('leased'), text('ready'));
    expect(broker.subscription(WORKER).queue.depth()).toMatchObject({ waitingForBackoff: 1, inFlight: 1, ready: 1 });
    broker.close();
    expect(timers.pending).toBe(0);
  });
});
