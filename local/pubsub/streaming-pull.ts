import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { Broker } from './broker.ts';
import type { Consumer, Outstanding } from './consumer.ts';
import { LIMITS } from './limits.ts';
import { type Delivery, messageBytes, toReceivedMessage } from './message.ts';
import { failedPrecondition, invalidArgument } from './pubsub-error.ts';
import { grpcStatus } from './rpc.ts';
import type { Subscription } from './subscription.ts';
import type { StreamingPullRequest, StreamingPullResponse } from './wire.ts';

export type PullStream = ServerDuplexStream<StreamingPullRequest, StreamingPullResponse>;

/** A response is sent as soon as it holds this much. */
const RESPONSE_BYTES = 1_000_000;

function checkedStreamDeadline(seconds: number): number | undefined {
  const { min, max } = LIMITS.ackDeadlineSeconds;
  if (seconds === 0) return undefined;
  if (seconds < min || seconds > max) {
    throw invalidArgument(`streamAckDeadlineSeconds is ${seconds}; it must be ${min} to ${max}.`);
  }
  return seconds;
}

/** @throws FAILED_PRECONDITION for a push subscription: its messages go to the endpoint. */
export function pullSubscription(broker: Broker, name: string): Subscription {
  const subscription = broker.subscription(name);
  if (subscription.resource.pushConfig?.pushEndpoint) {
    throw failedPrecondition(`${name} is a push subscription; it cannot be pulled.`);
  }
  return subscription;
}

/** One open StreamingPull call. The client limits what it holds unacknowledged; a slow reader limits itself. */
export class StreamingPull implements Consumer {
  ackDeadlineSeconds: number | undefined;
  readonly #broker: Broker;
  readonly #call: PullStream;
  readonly #subscription: Subscription;
  readonly #limits: Outstanding;
  readonly #answersPings: boolean;
  #pending: Delivery[] = [];
  #pendingBytes = 0;
  #open = true;

  /** Starts with the first request of the stream. */
  constructor(broker: Broker, call: PullStream, first: StreamingPullRequest) {
    this.#broker = broker;
    this.#call = call;
    this.#subscription = pullSubscription(broker, first.subscription);
    this.#limits = { messages: first.maxOutstandingMessages, bytes: first.maxOutstandingBytes };
    this.#answersPings = first.protocolVersion >= 1;
    this.#apply(first);
    this.#subscription.queue.attach(this);
    call.on('drain', () => broker.dispatcher.wake());
  }

  /** A further request of the stream: acks, deadlines, or just a sign of life. */
  receive(request: StreamingPullRequest): void {
    if (!this.#open) return;
    this.#apply(request);
    if (this.#answersPings) this.#write([]);
  }

  stop(): void {
    this.#open = false;
    this.#subscription.queue.detach(this);
  }

  hasRoom(outstanding: Outstanding): boolean {
    const { messages, bytes } = this.#limits;
    if (messages > 0 && outstanding.messages >= messages) return false;
    if (bytes > 0 && outstanding.bytes >= bytes) return false;
    return !this.#call.writableNeedDrain;
  }

  deliver(delivery: Delivery): void {
    this.#pending.push(delivery);
    this.#pendingBytes += messageBytes(delivery.message);
    if (this.#pendingBytes >= RESPONSE_BYTES) this.flush();
  }

  flush(): void {
    if (this.#pending.length > 0) this.#write(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  abandon(): void {
    // The client learns nothing; its late ack finds no lease.
  }

  close(reason: Error): void {
    this.#call.emit('error', grpcStatus(reason));
  }

  #apply(request: StreamingPullRequest): void {
    const { settlement } = this.#broker;
    this.ackDeadlineSeconds = checkedStreamDeadline(request.streamAckDeadlineSeconds) ?? this.ackDeadlineSeconds;
    settlement.acknowledge(this.#subscription, request.ackIds);
    request.modifyDeadlineAckIds.forEach((ackId, index) => {
      const seconds = request.modifyDeadlineSeconds[index];
      if (seconds === undefined) throw invalidArgument('modifyDeadlineSeconds and modifyDeadlineAckIds differ in length.');
      settlement.modifyAckDeadline(this.#subscription, [ackId], seconds);
    });
  }

  #write(deliveries: readonly Delivery[]): void {
    const { deadLetterPolicy, enableMessageOrdering } = this.#subscription.resource;
    this.#call.write({
      receivedMessages: deliveries.map((delivery) => toReceivedMessage(delivery, Boolean(deadLetterPolicy))),
      subscriptionProperties: { exactlyOnceDeliveryEnabled: false, messageOrderingEnabled: enableMessageOrdering },
    });
  }
}

/** Serves one call from its first request to its end. */
export function serveStreamingPull(broker: Broker, call: PullStream): void {
  let session: StreamingPull | undefined;
  const stop = () => session?.stop();
  call.on('data', (request: StreamingPullRequest) => {
    try {
      if (session) session.receive(request);
      else session = new StreamingPull(broker, call, request);
    } catch (error) {
      stop();
      call.emit('error', grpcStatus(error));
    }
  });
  call.on('end', () => {
    stop();
    call.end();
  });
  call.on('cancelled', stop);
  call.on('error', stop);
}
