/**
 * The parts of google.pubsub.v1 that the embedded server reads or writes, in the shape protobufjs gives them
 * (see protocol.ts): int64 as number, bytes as Buffer, an unset message as null or undefined.
 */
export interface WireTime {
  seconds: number;
  nanos: number;
}

type Unset = null | undefined;

export interface TopicResource {
  name: string;
  labels: Record<string, string>;
  messageRetentionDuration?: WireTime | Unset;
  schemaSettings?: object | Unset;
}

export interface PushConfig {
  pushEndpoint: string;
  attributes: Record<string, string>;
  noWrapper?: object | Unset;
}

export interface RetryPolicy {
  minimumBackoff?: WireTime | Unset;
  maximumBackoff?: WireTime | Unset;
}

export interface DeadLetterPolicy {
  deadLetterTopic: string;
  /** 0 stands for the default of 5. */
  maxDeliveryAttempts: number;
}

export interface SubscriptionResource {
  name: string;
  topic: string;
  /** 0 in a request stands for the default of 10. */
  ackDeadlineSeconds: number;
  enableMessageOrdering: boolean;
  labels: Record<string, string>;
  retainAckedMessages: boolean;
  pushConfig?: PushConfig | Unset;
  retryPolicy?: RetryPolicy | Unset;
  deadLetterPolicy?: DeadLetterPolicy | Unset;
  messageRetentionDuration?: WireTime | Unset;
  expirationPolicy?: { ttl?: WireTime | Unset } | Unset;
  filter?: string;
  enableExactlyOnceDelivery?: boolean;
  bigqueryConfig?: object | Unset;
  cloudStorageConfig?: object | Unset;
  bigtableConfig?: object | Unset;
  messageTransforms?: object[];
}

export interface WireMessage {
  data: Buffer;
  attributes: Record<string, string>;
  messageId: string;
  publishTime: WireTime | Unset;
  orderingKey: string;
}

export interface ReceivedMessage {
  ackId: string;
  message: WireMessage;
  /** 0 unless the subscription has a dead letter policy. */
  deliveryAttempt: number;
}

export interface FieldMask {
  paths: string[];
}

export interface Page {
  pageSize: number;
  pageToken: string;
}

export interface StreamingPullRequest {
  subscription: string;
  ackIds: string[];
  modifyDeadlineSeconds: number[];
  modifyDeadlineAckIds: string[];
  streamAckDeadlineSeconds: number;
  /** 0 or less: no limit. */
  maxOutstandingMessages: number;
  /** 0 or less: no limit. */
  maxOutstandingBytes: number;
  /** From 1 on the client expects an answer to every request, as a sign of life. */
  protocolVersion: number;
}

export interface StreamingPullResponse {
  receivedMessages: ReceivedMessage[];
  subscriptionProperties: { exactlyOnceDeliveryEnabled: boolean; messageOrderingEnabled: boolean };
}

export interface PullRequest {
  subscription: string;
  returnImmediately: boolean;
  maxMessages: number;
}
