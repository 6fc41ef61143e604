/**
 * The embedded Pub/Sub: google.pubsub.v1 over gRPC, as far as the official client and push delivery to functions
 * need it. Point PUBSUB_EMULATOR_HOST at `host:port`. For development and tests only.
 *
 * Refused with UNIMPLEMENTED: filters, exactly-once delivery, schemas, snapshots and seek, export subscriptions,
 * unwrapped push, detaching. Stricter than Google: one message per ordering key is out at a time. Not enforced:
 * message retention and subscription expiry; OIDC tokens are not sent with pushes.
 */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { type Backlog, backlogOf } from './backlog.ts';
import { Broker } from './broker.ts';
import { type Counters, newCounters } from './counters.ts';
import { type DeliveryFaults, noFaults } from './faults.ts';
import type { Message } from './message.ts';
import { serviceDefinition } from './protocol.ts';
import { invalidArgument } from './pubsub-error.ts';
import { publisherService } from './publisher-service.ts';
import { httpSend, PushConsumer, type Send } from './push-consumer.ts';
import type { PushFormat } from './push-format.ts';
import { unaryHandlers } from './rpc.ts';
import { Store } from './store.ts';
import { subscriberService } from './subscriber-service.ts';
import { IN_PROCESS, resourceOf, type SubscriptionSpec, updatedSubscription } from './subscription-resource.ts';
import { systemTimers, type Timers } from './timers.ts';
import type { SubscriptionResource } from './wire.ts';

const HOST = '127.0.0.1';
const MAX_REQUEST_BYTES = 20_000_000;

/** Receives the messages of subscriptions whose push endpoint begins with `inproc:`; a rejection is a nack. */
export type Deliver = (subscription: string, message: Message, attempt: number) => Promise<'ack' | 'nack'>;

export interface PushFailure {
  readonly subscription: string;
  readonly messageId: string;
  readonly attempt: number;
  readonly reason: string;
}

export interface PubSubOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Keeps everything in this SQLite file; without it, in memory. */
  readonly dataFile?: string;
  readonly timers?: Timers;
  readonly deliver?: Deliver;
  readonly faults?: DeliveryFaults;
  /** How pushes to a subscription look; `wrapper` unless told otherwise. */
  readonly pushFormat?: (subscription: string) => PushFormat;
  /** Told of every push that was not acknowledged; it comes again by itself. */
  readonly onPushFailure?: (failure: PushFailure) => void;
}

export interface PubSubServer {
  readonly port: number;
  readonly host: string;
  counters(): Readonly<Counters>;
  /** Over all subscriptions, or of one. */
  backlog(subscription?: string): Backlog;
  /** Creates the topic unless it exists. */
  ensureTopic(name: string): void;
  /** Creates the subscription, or gives the existing one this configuration; its topic and ordering cannot change. */
  ensureSubscription(spec: SubscriptionSpec): void;
  close(): Promise<void>;
}

type PushOptions = Pick<PubSubOptions, 'deliver' | 'pushFormat' | 'onPushFailure'>;

function sender(subscription: SubscriptionResource, { deliver, pushFormat }: PushOptions): Send {
  const endpoint = subscription.pushConfig?.pushEndpoint ?? '';
  if (!endpoint.startsWith(IN_PROCESS)) return httpSend(subscription, pushFormat?.(subscription.name) ?? 'wrapper');
  if (!deliver) {
    throw invalidArgument(`${subscription.name} pushes to "${endpoint}", but the server was started without "deliver".`);
  }
  return async ({ message, attempt }) => {
    const result = await deliver(subscription.name, message, attempt);
    if (result === 'nack') throw new Error(`${endpoint} answered nack`);
  };
}

function pushConsumer(broker: Broker, resource: SubscriptionResource, options: PushOptions): PushConsumer {
  const { name } = resource;
  const settle = (act: 'acknowledge' | 'nack', ackId: string) => {
    const subscription = broker.subscriptions.get(name);
    if (subscription) broker.settlement[act](subscription, [ackId]);
  };
  return new PushConsumer(sender(resource, options), {
    acknowledge: (ackId) => settle('acknowledge', ackId),
    reject: ({ ackId, message, attempt }, reason) => {
      if (!broker.subscriptions.has(name)) return;
      settle('nack', ackId);
      options.onPushFailure?.({ subscription: name, messageId: message.messageId, attempt, reason });
    },
  });
}

/** Finds out first whether the port is free: grpc-js reports a taken one less clearly, and on stderr too. */
async function listen(server: Server, port: number): Promise<number> {
  const probe = createServer();
  try {
    await once(probe.listen(port, HOST), 'listening');
    probe.close();
    await once(probe, 'close');
    return await promisify(server.bindAsync.bind(server))(`${HOST}:${port}`, ServerCredentials.createInsecure());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The embedded Pub/Sub cannot listen on ${HOST}:${port} (${reason}); free the port or name another.`, { cause });
  }
}

function ensureSubscription(broker: Broker, spec: SubscriptionSpec): void {
  const wanted = resourceOf(spec);
  const existing = broker.subscriptions.get(spec.name)?.resource;
  if (!existing) {
    broker.createSubscription(wanted);
    return;
  }
  if (existing.topic !== wanted.topic || existing.enableMessageOrdering !== wanted.enableMessageOrdering) {
    throw invalidArgument(`${spec.name} exists with topic ${existing.topic} or ordering that differs; delete it first.`);
  }
  const paths = ['ack_deadline_seconds', 'push_config', 'retry_policy', 'dead_letter_policy'];
  broker.updateSubscription(updatedSubscription(existing, wanted, paths));
}

function openBroker(options: PubSubOptions, timers: Timers, counters: Counters): Broker {
  const store = new Store(options.dataFile ?? ':memory:');
  try {
    const faults = options.faults ?? noFaults;
    const consumerOf = (broker: Broker, subscription: SubscriptionResource) => pushConsumer(broker, subscription, options);
    return new Broker({ store, timers, faults, counters, pushConsumer: consumerOf });
  } catch (error) {
    store.close();
    throw error;
  }
}

/** @throws Error when the port is taken or the data file cannot be used. */
export async function startPubSubServer(options: PubSubOptions): Promise<PubSubServer> {
  const { timers = systemTimers } = options;
  const counters = newCounters();
  const broker = openBroker(options, timers, counters);
  const server = new Server({ 'grpc.max_receive_message_length': MAX_REQUEST_BYTES });
  const unary = unaryHandlers(counters);
  server.addService(serviceDefinition('Publisher'), publisherService(broker, unary));
  server.addService(serviceDefinition('Subscriber'), subscriberService(broker, timers, counters, unary));
  const port = await listen(server, options.port).catch((error: unknown) => {
    broker.close();
    throw error;
  });
  return {
    port,
    host: HOST,
    counters: () => ({ ...counters }),
    backlog: (name) => backlogOf(name === undefined ? broker.depths().values() : [broker.subscription(name).queue.depth()]),
    ensureTopic(name) {
      if (!broker.topics.some((topic) => topic.name === name)) broker.createTopic({ name, labels: {} });
    },
    ensureSubscription: (spec) => ensureSubscription(broker, spec),
    close: async () => {
      broker.close();
      server.forceShutdown();
    },
  };
}
