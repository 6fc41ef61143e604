/** Limits and defaults of Google Pub/Sub (cloud.google.com/pubsub/quotas and the comments of pubsub.proto). */
export const LIMITS = {
  messagesPerPublish: 1_000,
  messageBytes: 10_000_000,
  attributesPerMessage: 100,
  attributeKeyBytes: 256,
  attributeValueBytes: 1_024,
  orderingKeyBytes: 1_024,
  ackDeadlineSeconds: { min: 10, max: 600, default: 10 },
  modifyAckDeadlineSeconds: { min: 0, max: 600 },
  retryBackoffSeconds: { min: 0, max: 600, defaultMinimum: 10, defaultMaximum: 600 },
  deliveryAttempts: { min: 5, max: 100, default: 5 },
  pageSize: { default: 100, max: 1_000 },
} as const;
