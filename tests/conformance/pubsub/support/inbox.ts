import { EventEmitter, once } from 'node:events';
import type { Message, Subscription } from '@google-cloud/pubsub';

/** Everything a subscription received, in order; `handle` acknowledges or not. */
export class Inbox {
  readonly messages: Message[] = [];
  readonly #subscription: Subscription;
  readonly #events = new EventEmitter();

  constructor(subscription: Subscription, handle: (message: Message) => void = (message) => message.ack()) {
    this.#subscription = subscription;
    subscription.on('error', (error) => this.#events.emit('error', error));
    subscription.on('message', (message: Message) => {
      this.messages.push(message);
      handle(message);
      this.#events.emit('message');
    });
  }

  get texts(): string[] {
    return this.messages.map(({ data }) => data.toString());
  }

  /** Waits for the first `count` messages. */
  async received(count: number): Promise<readonly Message[]> {
    while (this.messages.length < count) await once(this.#events, 'message');
    return this.messages.slice(0, count);
  }

  async close(): Promise<void> {
    await this.#subscription.close();
  }
}
