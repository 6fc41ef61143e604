import type { Broker } from './broker.ts';
import type { Consumer, Outstanding } from './consumer.ts';
import { type Delivery, toReceivedMessage } from './message.ts';
import { invalidArgument } from './pubsub-error.ts';
import { pullSubscription } from './streaming-pull.ts';
import type { Timers } from './timers.ts';
import type { PullRequest, ReceivedMessage } from './wire.ts';

/** How long a pull waits for a first message before it answers with none. */
const PULL_WAIT_MS = 5_000;

/** A consumer that takes one round of deliveries. */
class OneRound implements Consumer {
  readonly #deliveries: Delivery[] = [];
  readonly #maxMessages: number;
  readonly #done: (deliveries: readonly Delivery[]) => void;
  readonly #failed: (reason: Error) => void;

  constructor(maxMessages: number, done: (deliveries: readonly Delivery[]) => void, failed: (reason: Error) => void) {
    this.#maxMessages = maxMessages;
    this.#done = done;
    this.#failed = failed;
  }

  hasRoom({ messages }: Outstanding): boolean {
    return messages < this.#maxMessages;
  }

  deliver(delivery: Delivery): void {
    this.#deliveries.push(delivery);
  }

  flush(): void {
    this.#done(this.#deliveries);
  }

  abandon(): void {
    // The client learns nothing; its late ack finds no lease.
  }

  close(reason: Error): void {
    this.#failed(reason);
  }
}

/**
 * Up to `maxMessages` messages that are ready; waits a while for the first unless `returnImmediately` is set.
 * @param onCancelled registers what to do when the caller gives up.
 */
export async function pull(
  broker: Broker,
  timers: Timers,
  request: PullRequest,
  onCancelled: (giveUp: () => void) => void,
): Promise<ReceivedMessage[]> {
  if (request.maxMessages <= 0) throw invalidArgument(`maxMessages is ${request.maxMessages}; it must be 1 or more.`);
  const { queue, resource } = pullSubscription(broker, request.subscription);
  const { promise, resolve, reject } = Promise.withResolvers<readonly Delivery[]>();
  const consumer = new OneRound(request.maxMessages, resolve, reject);
  queue.attach(consumer);
  if (request.returnImmediately) {
    broker.dispatcher.run();
    resolve([]);
  }
  const timeout = timers.schedule(PULL_WAIT_MS, () => resolve([]));
  onCancelled(() => resolve([]));
  try {
    const deliveries = await promise;
    return deliveries.map((delivery) => toReceivedMessage(delivery, Boolean(resource.deadLetterPolicy)));
  } finally {
    timeout.cancel();
    queue.detach(consumer);
  }
}
