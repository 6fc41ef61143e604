import { describe, expect, test } from 'vitest';
import { createMemoryBus } from '../../../functions/src/adapters/bus-memory/memory-bus.ts';
import type { MemoryBusOptions, PublishFault } from '../../../functions/src/adapters/bus-memory/memory-bus.ts';
import type { Topic, WakeUp } from '../../../functions/src/ports/bus.ts';
import { SimulatedTime } from '../../support/engine/simulated-time.ts';
import { busContract } from './bus-contract.ts';

const TOPICS: readonly Topic[] = ['order-intents', 'order-checks'];

busContract('in memory', async () => {
  let fault: PublishFault = 'none';
  const bus = createMemoryBus({ later: (_delayMs, deliver) => setImmediate(deliver), publishFault: () => fault });
  return Promise.resolve({
    bus,
    handle(handler) {
      for (const topic of TOPICS) bus.subscribe(topic, (wakeUp) => handler(topic, wakeUp));
    },
    goDown: async () => {
      fault = 'notStored';
      return Promise.resolve();
    },
    publishLimitMs: 1000,
    close: () => Promise.resolve(),
  });
});

interface Delivered {
  readonly at: number;
  readonly intentId: string;
}

/** A bus on simulated time from 0, and what it delivers when. */
function observedBus(options: Omit<MemoryBusOptions, 'later'>, handler: (wakeUp: WakeUp) => Promise<void> = () => Promise.resolve()) {
  const time = new SimulatedTime(0, () => undefined);
  const bus = createMemoryBus({ ...options, later: (delayMs, deliver) => time.later(delayMs, deliver) });
  const delivered: Delivered[] = [];
  bus.subscribe('order-intents', (wakeUp) => {
    delivered.push({ at: time.now(), intentId: wakeUp.intentId });
    return handler(wakeUp);
  });
  return { bus, time, delivered };
}

describe('the fate of a message in the memory bus', () => {
  test('may be to come twice, late, or never', async () => {
    const fates: Readonly<Record<string, readonly number[]>> = { twice: [0, 0], late: [60_000], lost: [] };
    const { bus, time, delivered } = observedBus({ fate: (_topic, { intentId }) => fates[intentId] ?? [0] });
    await bus.publish('order-intents', [{ intentId: 'late' }, { intentId: 'twice' }, { intentId: 'lost' }]);
    await time.runUntil(120_000);
    expect(delivered).toEqual([{ at: 0, intentId: 'twice' }, { at: 0, intentId: 'twice' }, { at: 60_000, intentId: 'late' }]);
    expect(bus.outstanding).toBe(0);
  });

  test('is to come again after the retry time for as long as its handler rejects', async () => {
    let rejections = 2;
    const handler = (): Promise<void> => ((rejections -= 1) >= 0 ? Promise.reject(new Error('not now')) : Promise.resolve());
    const { bus, time, delivered } = observedBus({ retryMs: 10_000 }, handler);
    await bus.publish('order-intents', [{ intentId: 'a' }]);
    await time.runUntil(100_000);
    expect(delivered.map(({ at }) => at)).toEqual([0, 10_000, 20_000]);
  });

  test('is to be dropped at the first rejection where there are no retries', async () => {
    const { bus, time, delivered } = observedBus({ retryMs: null }, () => Promise.reject(new Error('not now')));
    await bus.publish('order-intents', [{ intentId: 'a' }]);
    await time.runUntil(100_000);
    expect(delivered).toHaveLength(1);
    expect(bus.outstanding).toBe(0);
  });

  test('is to arrive although its publisher was told that it failed', async () => {
    const { bus, time, delivered } = observedBus({ publishFault: () => 'replyLost' });
    await expect(bus.publish('order-intents', [{ intentId: 'a' }])).rejects.toThrow('unknown whether order-intents has the messages');
    await time.runUntil(1000);
    expect(delivered).toEqual([{ at: 0, intentId: 'a' }]);
  });
});
