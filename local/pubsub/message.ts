import type { ReceivedMessage, WireMessage, WireTime } from './wire.ts';

/** A message that a topic accepted. */
export interface Message {
  readonly messageId: string;
  readonly data: Buffer;
  readonly attributes: Readonly<Record<string, string>>;
  /** Empty when the message is not ordered. */
  readonly orderingKey: string;
  /** Epoch milliseconds. */
  readonly publishTimeMs: number;
}

/** A message before the topic gives it an id and a time. */
export type NewMessage = Pick<Message, 'data' | 'attributes' | 'orderingKey'>;

/** One hand-over of a message to a consumer. */
export interface Delivery {
  readonly ackId: string;
  readonly message: Message;
  /** 1 for the first hand-over; counts nacks and missed deadlines. */
  readonly attempt: number;
}

export function messageBytes(message: NewMessage): number {
  const attributes = Object.entries(message.attributes).flat();
  const texts = [...attributes, message.orderingKey].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return message.data.length + texts;
}

export function toWireTime(epochMs: number): WireTime {
  const seconds = Math.floor(epochMs / 1000);
  return { seconds, nanos: Math.round((epochMs - seconds * 1000) * 1e6) };
}

function toWireMessage(message: Message): WireMessage {
  const { messageId, data, orderingKey } = message;
  return { messageId, data, orderingKey, attributes: { ...message.attributes }, publishTime: toWireTime(message.publishTimeMs) };
}

/** @param countsAttempts whether the subscription dead-letters: only then does Pub/Sub tell the attempt. */
export function toReceivedMessage(delivery: Delivery, countsAttempts: boolean): ReceivedMessage {
  const { ackId, message, attempt } = delivery;
  return { ackId, message: toWireMessage(message), deliveryAttempt: countsAttempts ? attempt : 0 };
}
