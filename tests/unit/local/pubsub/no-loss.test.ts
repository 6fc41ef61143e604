import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import type { Delivery } from '../../../../local/pubsub/message.ts';
import { seededFaults } from '../../../../local/pubsub/faults.ts';
import { brokerFixture, RecordingConsumer, text, WORKER } from './support/broker-fixture.ts';

interface Plan {
  readonly seed: number;
  /** One per message: its ordering key. */
  readonly keys: readonly string[];
  /** What the consumer does with its deliveries in turn, again and again; it always gets round to "ack". */
  readonly habits: readonly ('ack' | 'nack' | 'forget')[];
}

/** Settles deliveries by habit, one at a time, so that what it does never depends on chance. */
class HabitualConsumer extends RecordingConsumer {
  readonly acked: string[] = [];
  #turn = 0;

  settleNext(plan: Plan, ack: (delivery: Delivery) => void, nack: (delivery: Delivery) => void): void {
    const delivery = this.deliveries[this.#turn];
    if (!delivery) return;
    const habit = [...plan.habits, 'ack'][this.#turn % (plan.habits.length + 1)];
    this.#turn += 1;
    if (habit === 'nack') nack(delivery);
    if (habit !== 'ack') return;
    ack(delivery);
    this.acked.push(delivery.message.data.toString());
  }

  get idle(): boolean {
    return this.#turn === this.deliveries.length;
  }
}

/** Plays a plan to its end. @returns everything that was delivered, and what was acknowledged, in order. */
function play(plan: Plan): { delivered: string[]; acked: string[]; unacked: number } {
  const faults = seededFaults({ seed: plan.seed, duplicate: 0.15, delay: 0.15, drop: 0.15, maxDelayMs: 3_000 });
  const { broker, timers, publish, subscribe, ack, nack } = brokerFixture({ faults });
  const consumer = new HabitualConsumer(7);
  subscribe({ enableMessageOrdering: true, retry: { minimumMs: 100, maximumMs: 800 } }, consumer);
  plan.keys.forEach((key, index) => publish(text(`${key}${index}`, key)));
  const { queue } = broker.subscription(WORKER);
  for (let step = 0; step < 2_000 && queue.depth().unacked > 0; step += 1) {
    consumer.settleNext(plan, ack, nack);
    if (consumer.idle) timers.advance(500);
  }
  const { unacked } = queue.depth();
  broker.close();
  return { delivered: consumer.texts, acked: consumer.acked, unacked };
}

const plans = record({
  seed: integer(),
  keys: array(constantFrom('', 'btc', 'eth'), { minLength: 1, maxLength: 20 }),
  habits: array(constantFrom('ack' as const, 'nack' as const, 'forget' as const), { maxLength: 5 }),
});

const firsts = (texts: readonly string[]) => [...new Set(texts)];

it('loses no message under duplicates, delays, losses, nacks and forgetful consumers', () => {
  assert(
    property(plans, (plan) => {
      const { acked, unacked } = play(plan);
      expect(unacked).toBe(0);
      expect(firsts(acked).toSorted()).toEqual(plan.keys.map((key, index) => `${key}${index}`).toSorted());
    }),
    { numRuns: 60 },
  );
});

it('never delivers a message of a key before all earlier ones of that key were acknowledged', () => {
  assert(
    property(plans, (plan) => {
      const { delivered } = play(plan);
      for (const key of ['btc', 'eth']) {
        const published = plan.keys.map((other, index) => (other === key ? `${key}${index}` : '')).filter(Boolean);
        const ofKey = delivered.filter((name) => name.startsWith(key));
        const positions = ofKey.map((name) => published.indexOf(name));
        expect(positions).toEqual(positions.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 60 },
  );
});

it('does exactly the same again for the same seed', () => {
  assert(
    property(plans, (plan) => {
      expect(play(plan)).toEqual(play(plan));
    }),
    { numRuns: 20 },
  );
});
