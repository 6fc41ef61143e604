import { describe, expect, it } from 'vitest';
import { type DeliveryFacts, type FaultDecision, seededFaults } from '../../../../local/pubsub/faults.ts';
import { brokerFixture, text, WORKER } from './support/broker-fixture.ts';

const delivery = (index: number): DeliveryFacts => ({
  subscription: WORKER,
  messageId: String(index),
  orderingKey: '',
  attempt: 1,
});

const deliveries = Array.from({ length: 2_000 }, (_, index) => delivery(index));

const always = (fault: FaultDecision, lastAttempt = Infinity) => (facts: DeliveryFacts): FaultDecision =>
  facts.attempt <= lastAttempt ? fault : { kind: 'deliver' };

describe('seeded faults', () => {
  const rates = { duplicate: 0.1, delay: 0.2, drop: 0.3, maxDelayMs: 50 };

  it('decide the same for the same seed and delivery, in any order', () => {
    const forward = deliveries.map(seededFaults({ seed: 7, ...rates }));
    const backward = deliveries.toReversed().map(seededFaults({ seed: 7, ...rates })).toReversed();
    expect(backward).toEqual(forward);
  });

  it('decide differently for another seed', () => {
    expect(deliveries.map(seededFaults({ seed: 8, ...rates }))).not.toEqual(deliveries.map(seededFaults({ seed: 7, ...rates })));
  });

  it('happen about as often as their rates say', () => {
    const kinds = deliveries.map((facts) => seededFaults({ seed: 7, ...rates })(facts).kind);
    const share = (kind: string) => kinds.filter((other) => other === kind).length / kinds.length;
    expect(share('duplicate')).toBeCloseTo(0.1, 1);
    expect(share('delay')).toBeCloseTo(0.2, 1);
    expect(share('drop')).toBeCloseTo(0.3, 1);
  });

  it('delay by 1 ms to the maximum', () => {
    const decisions = deliveries.map(seededFaults({ seed: 7, delay: 1, maxDelayMs: 50 }));
    const delays = decisions.map((decision) => (decision.kind === 'delay' ? decision.delayMs : NaN));
    expect([Math.min(...delays), Math.max(...delays)]).toEqual([1, 50]);
  });

  it.each([{ drop: 1.1 }, { drop: -0.1 }, { drop: NaN }, { drop: 0.6, delay: 0.6 }])('refuse rates %o', (wrong) => {
    expect(() => seededFaults({ seed: 1, ...wrong })).toThrow(RangeError);
  });
});

describe('a fault policy', () => {
  it('duplicates a hand-over with two ack ids, either of which settles the message', () => {
    const { publish, subscribe, ack, timers, counters } = brokerFixture({ faults: always({ kind: 'duplicate' }) });
    const consumer = subscribe();
    publish(text('a'));
    expect(consumer.texts).toEqual(['a', 'a']);
    expect(new Set(consumer.deliveries.map(({ ackId }) => ackId)).size).toBe(2);
    ack(consumer.last);
    timers.advance(60_000);
    expect(counters).toMatchObject({ delivered: 2, acked: 1, expired: 0 });
  });

  it('delays a message once per attempt, without counting the wait as an attempt', () => {
    const { publish, subscribe, timers } = brokerFixture({ faults: always({ kind: 'delay', delayMs: 300 }) });
    const consumer = subscribe();
    publish(text('a'));
    timers.advance(299);
    expect(consumer.texts).toEqual([]);
    timers.advance(1);
    expect(consumer.last.attempt).toBe(1);
  });

  it('drops a hand-over until the ack deadline brings the message again', () => {
    const { publish, subscribe, timers, counters } = brokerFixture({ faults: always({ kind: 'drop' }, 1) });
    const consumer = subscribe();
    publish(text('a'));
    timers.advance(9_999);
    expect(consumer.texts).toEqual([]);
    timers.advance(1);
    expect(consumer.last.attempt).toBe(2);
    expect(counters).toMatchObject({ delivered: 1, expired: 1 });
  });

  it('does not disturb the order of a key', () => {
    const { publish, subscribe, timers, ack } = brokerFixture({
      faults: ({ messageId }) => (messageId === '1' ? { kind: 'delay', delayMs: 100 } : { kind: 'deliver' }),
    });
    const consumer = subscribe({ enableMessageOrdering: true });
    publish(text('1', 'btc'), text('2', 'btc'));
    timers.advance(100);
    ack(consumer.last);
    expect(consumer.texts).toEqual(['1', '2']);
  });
});
