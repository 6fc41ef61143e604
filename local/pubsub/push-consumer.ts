import type { Consumer, Outstanding } from './consumer.ts';
import type { Delivery } from './message.ts';
import { pushRequest, type PushFormat } from './push-format.ts';
import type { SubscriptionResource } from './wire.ts';

/** Deliveries of one push subscription that may be under way at once. */
const MAX_OUTSTANDING = 100;

/** Sends one delivery: fulfilled is an ack, rejected a nack whose reason is the error's message. */
export type Send = (delivery: Delivery, signal: AbortSignal) => Promise<void>;

export interface PushOutcome {
  acknowledge(ackId: string): void;
  reject(delivery: Delivery, reason: string): void;
}

/** Sends the messages of a push subscription as they become ready. A result after the ack deadline is ignored. */
export class PushConsumer implements Consumer {
  readonly #send: Send;
  readonly #outcome: PushOutcome;
  readonly #underWay = new Map<string, AbortController>();

  constructor(send: Send, outcome: PushOutcome) {
    this.#send = send;
    this.#outcome = outcome;
  }

  hasRoom({ messages }: Outstanding): boolean {
    return messages < MAX_OUTSTANDING;
  }

  deliver(delivery: Delivery): void {
    const abort = new AbortController();
    this.#underWay.set(delivery.ackId, abort);
    void this.#settle(delivery, abort.signal);
  }

  flush(): void {
    // Every delivery is sent on its own.
  }

  abandon(ackId: string): void {
    this.#underWay.get(ackId)?.abort(new Error('no answer within the ack deadline'));
  }

  close(): void {
    // What is under way may still be acknowledged.
  }

  async #settle(delivery: Delivery, signal: AbortSignal): Promise<void> {
    try {
      await this.#send(delivery, signal);
      this.#outcome.acknowledge(delivery.ackId);
    } catch (error) {
      this.#outcome.reject(delivery, error instanceof Error ? error.message : String(error));
    } finally {
      this.#underWay.delete(delivery.ackId);
    }
  }
}

/** POSTs to the endpoint; any 2xx is an ack. */
export function httpSend(subscription: SubscriptionResource, format: PushFormat): Send {
  const endpoint = subscription.pushConfig?.pushEndpoint ?? '';
  return async (delivery, signal) => {
    const request = pushRequest(delivery, subscription, format);
    const response = await fetch(endpoint, { method: 'POST', ...request, signal, redirect: 'manual' });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${endpoint} answered ${response.status}`);
  };
}
