/** What every bus does, declared once and run on each. */
import { beforeEach, afterEach, describe, expect, test } from 'vitest';
import type { Bus, Topic } from '../../../functions/src/ports/bus.ts';

export interface BusUnderTest {
  readonly bus: Bus;
  /** Who gets the messages from now on; resolving acknowledges, rejecting asks for the message again. */
  readonly handle: (handler: (topic: Topic, message: unknown) => Promise<void>) => void;
  /** From now on nothing can be published. */
  readonly goDown: () => Promise<void>;
  /** A publication that cannot succeed has failed by then, in milliseconds of real time. */
  readonly publishLimitMs: number;
  readonly close: () => Promise<void>;
}

export function busContract(name: string, start: () => Promise<BusUnderTest>): void {
  describe(`the bus ${name}`, () => {
    let current: BusUnderTest | null = null;
    const use = (): BusUnderTest => {
      if (current === null) throw new Error('no bus was started');
      return current;
    };
    beforeEach(async () => {
      current = await start();
    });
    afterEach(async () => {
      await use().close();
    });

    test('brings what is published to the handler of its topic', async () => {
      const { bus } = use();
      const inbox = new Inbox(use());
      await bus.publish('order-intents', [{ intentId: 'a' }]);
      await bus.publish('order-checks', [{ intentId: 'b' }]);
      expect(await inbox.received(2)).toEqual(['order-checks {"intentId":"b"}', 'order-intents {"intentId":"a"}']);
    });

    test('brings every wake-up of a batch', async () => {
      const inbox = new Inbox(use());
      const ids = Array.from({ length: 50 }, (_, index) => `intent-${String(index).padStart(2, '0')}`);
      await use().bus.publish('order-intents', ids.map((intentId) => ({ intentId })));
      expect(await inbox.received(50)).toEqual(ids.map((intentId) => `order-intents {"intentId":"${intentId}"}`));
    });

    test('publishes nothing for an empty batch, and says that it did', async () => {
      const inbox = new Inbox(use());
      await use().bus.publish('order-checks', []);
      await use().bus.publish('order-checks', [{ intentId: 'later' }]);
      expect(await inbox.received(1)).toEqual(['order-checks {"intentId":"later"}']);
    });

    test('brings a message again when its handler rejects', async () => {
      const inbox = new Inbox(use(), 2);
      await use().bus.publish('order-intents', [{ intentId: 'a' }]);
      expect(await inbox.received(3)).toEqual(Array.from({ length: 3 }, () => 'order-intents {"intentId":"a"}'));
    });

    test('brings the others of a batch although the handler rejects one', async () => {
      const inbox = new Inbox(use(), 1);
      await use().bus.publish('order-intents', [{ intentId: 'a' }, { intentId: 'b' }]);
      const got = await inbox.received(3);
      expect(new Set(got)).toEqual(new Set(['order-intents {"intentId":"a"}', 'order-intents {"intentId":"b"}']));
    });

    test('keeps what was published before anybody listened', async () => {
      await use().bus.publish('order-intents', [{ intentId: 'early' }]);
      expect(await new Inbox(use()).received(1)).toEqual(['order-intents {"intentId":"early"}']);
    });

    test('throws within its time limit when the message cannot be stored', async () => {
      const { bus, goDown, publishLimitMs } = use();
      await bus.publish('order-intents', [{ intentId: 'before' }]);
      await goDown();
      const startedAt = performance.now();
      await expect(bus.publish('order-intents', [{ intentId: 'after' }])).rejects.toBeInstanceOf(Error);
      expect(performance.now() - startedAt).toBeLessThan(publishLimitMs);
    });
  });
}

/** Everything that was delivered; the first `rejections` deliveries are rejected. */
class Inbox {
  readonly #got: string[] = [];
  #wanted = Promise.withResolvers<void>();

  constructor({ handle }: BusUnderTest, rejections = 0) {
    handle(async (topic, message) => {
      const count = this.#got.push(`${topic} ${JSON.stringify(message)}`);
      this.#wanted.resolve();
      await Promise.resolve();
      if (count <= rejections) throw new Error('not now');
    });
  }

  /** Waits for that many deliveries; sorted, for no bus promises an order. */
  async received(count: number): Promise<readonly string[]> {
    while (this.#got.length < count) {
      await this.#wanted.promise;
      this.#wanted = Promise.withResolvers<void>();
    }
    return this.#got.toSorted();
  }
}
