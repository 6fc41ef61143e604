import type { Delivery } from './message.ts';

/** What a consumer holds and has not yet settled. */
export interface Outstanding {
  readonly messages: number;
  readonly bytes: number;
}

/** Somebody who takes messages of one subscription: a pull stream, a single pull, or a push endpoint. */
export interface Consumer {
  /** Overrides the ack deadline of the subscription. */
  readonly ackDeadlineSeconds?: number | undefined;
  /** Whether one more message may be handed over. */
  hasRoom(outstanding: Outstanding): boolean;
  /** Takes one message; may hold it back until `flush`. */
  deliver(delivery: Delivery): void;
  /** Ends a round of deliveries. */
  flush(): void;
  /** The ack deadline of the delivery has passed, or the server is closing: its result no longer counts. */
  abandon(ackId: string): void;
  /** The subscription is gone or changed its kind; no delivery follows. */
  close(reason: Error): void;
}
