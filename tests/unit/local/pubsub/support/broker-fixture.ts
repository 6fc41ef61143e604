import { Broker, type BrokerParts } from '../../../../../local/pubsub/broker.ts';
import type { Consumer, Outstanding } from '../../../../../local/pubsub/consumer.ts';
import { type Counters, newCounters } from '../../../../../local/pubsub/counters.ts';
import { noFaults } from '../../../../../local/pubsub/faults.ts';
import type { Delivery, NewMessage } from '../../../../../local/pubsub/message.ts';
import { Store } from '../../../../../local/pubsub/store.ts';
import { resourceOf, type SubscriptionSpec } from '../../../../../local/pubsub/subscription-resource.ts';
import { ManualTimers } from './manual-timers.ts';

export const TOPIC = 'projects/demo-unit/topics/orders';
export const DEAD_TOPIC = 'projects/demo-unit/topics/dead';
export const WORKER = 'projects/demo-unit/subscriptions/worker';

export const text = (data: string, orderingKey = ''): NewMessage => ({ data: Buffer.from(data), attributes: {}, orderingKey });

/** Keeps what it is handed; settles nothing by itself. */
export class RecordingConsumer implements Consumer {
  readonly deliveries: Delivery[] = [];
  readonly abandoned: string[] = [];
  readonly closedBy: Error[] = [];
  readonly #maxMessages: number;

  constructor(maxMessages = Infinity) {
    this.#maxMessages = maxMessages;
  }

  /** Data of everything handed over so far. */
  get texts(): string[] {
    return this.deliveries.map(({ message }) => message.data.toString());
  }

  /** The latest hand-over. @throws Error when there is none. */
  get last(): Delivery {
    const delivery = this.deliveries.at(-1);
    if (!delivery) throw new Error('nothing was delivered');
    return delivery;
  }

  hasRoom({ messages }: Outstanding): boolean {
    return messages < this.#maxMessages;
  }

  deliver(delivery: Delivery): void {
    this.deliveries.push(delivery);
  }

  flush(): void {
    // Deliveries are recorded as they come.
  }

  abandon(ackId: string): void {
    this.abandoned.push(ackId);
  }

  close(reason: Error): void {
    this.closedBy.push(reason);
  }
}

export interface BrokerFixture {
  readonly broker: Broker;
  readonly timers: ManualTimers;
  readonly counters: Counters;
  readonly publish: (...messages: NewMessage[]) => void;
  readonly subscribe: (spec?: Partial<SubscriptionSpec>, consumer?: RecordingConsumer) => RecordingConsumer;
  readonly ack: (delivery: Delivery, subscription?: string) => void;
  readonly nack: (delivery: Delivery, subscription?: string) => void;
}

export interface FixtureOptions extends Partial<Pick<BrokerParts, 'faults' | 'timers'>> {
  readonly dataFile?: string;
  readonly timers?: ManualTimers;
}

const pushConsumer = () => new RecordingConsumer();

/** A broker on manual time with TOPIC and DEAD_TOPIC. */
export function brokerFixture(options: FixtureOptions = {}): BrokerFixture {
  const { dataFile = ':memory:', faults = noFaults, timers = new ManualTimers() } = options;
  const counters = newCounters();
  const broker = new Broker({ store: new Store(dataFile), timers, faults, counters, pushConsumer });
  for (const name of [TOPIC, DEAD_TOPIC]) {
    if (broker.topics.every((topic) => topic.name !== name)) broker.createTopic({ name, labels: {} });
  }
  return {
    broker,
    timers,
    counters,
    publish(...messages) {
      broker.publish(TOPIC, messages);
      timers.advance(0);
    },
    subscribe(spec = {}, consumer = new RecordingConsumer()) {
      const resource = resourceOf({ name: WORKER, topic: TOPIC, ...spec });
      if (!broker.subscriptions.has(resource.name)) broker.createSubscription(resource);
      broker.subscription(resource.name).queue.attach(consumer);
      timers.advance(0);
      return consumer;
    },
    ack({ ackId }, subscription = WORKER) {
      broker.settlement.acknowledge(broker.subscription(subscription), [ackId]);
      timers.advance(0);
    },
    nack({ ackId }, subscription = WORKER) {
      broker.settlement.nack(broker.subscription(subscription), [ackId]);
      timers.advance(0);
    },
  };
}
