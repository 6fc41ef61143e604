import { LIMITS } from './limits.ts';
import { messageBytes, type NewMessage } from './message.ts';
import { invalidArgument } from './pubsub-error.ts';

function checkAttributes(attributes: Readonly<Record<string, string>>): void {
  const entries = Object.entries(attributes);
  if (entries.length > LIMITS.attributesPerMessage) {
    throw invalidArgument(`A message has ${entries.length} attributes; at most ${LIMITS.attributesPerMessage} are allowed.`);
  }
  for (const [key, value] of entries) {
    const keyBytes = Buffer.byteLength(key);
    if (keyBytes === 0 || keyBytes > LIMITS.attributeKeyBytes || key.startsWith('goog')) {
      throw invalidArgument(
        `The attribute key "${key}" must be 1 to ${LIMITS.attributeKeyBytes} bytes long and must not start with "goog".`,
      );
    }
    if (Buffer.byteLength(value) > LIMITS.attributeValueBytes) {
      throw invalidArgument(`The value of attribute "${key}" is longer than ${LIMITS.attributeValueBytes} bytes.`);
    }
  }
}

/** @throws INVALID_ARGUMENT for a publish request that Google would refuse. */
export function checkMessages(messages: readonly NewMessage[]): void {
  if (messages.length === 0 || messages.length > LIMITS.messagesPerPublish) {
    throw invalidArgument(`A publish request has ${messages.length} messages; 1 to ${LIMITS.messagesPerPublish} are allowed.`);
  }
  for (const message of messages) {
    if (message.data.length === 0 && Object.keys(message.attributes).length === 0) {
      throw invalidArgument('A message must have data or at least one attribute; this one has neither.');
    }
    if (messageBytes(message) > LIMITS.messageBytes) {
      throw invalidArgument(`A message has ${messageBytes(message)} bytes; at most ${LIMITS.messageBytes} are allowed.`);
    }
    if (Buffer.byteLength(message.orderingKey) > LIMITS.orderingKeyBytes) {
      throw invalidArgument(`An ordering key is longer than ${LIMITS.orderingKeyBytes} bytes.`);
    }
    checkAttributes(message.attributes);
  }
}
