/** What a subscription may say: checks and defaults for creation and update. */
import { LIMITS } from './limits.ts';
import { invalidArgument, unsupported } from './pubsub-error.ts';
import { checkResourceName } from './resource-names.ts';
import type { DeadLetterPolicy, PushConfig, RetryPolicy, SubscriptionResource, WireTime } from './wire.ts';

/** The scheme of push endpoints that the host serves by its `deliver` function. */
export const IN_PROCESS = 'inproc:';

const UPDATABLE = [
  'ackDeadlineSeconds',
  'pushConfig',
  'retryPolicy',
  'deadLetterPolicy',
  'labels',
  'messageRetentionDuration',
  'retainAckedMessages',
  'expirationPolicy',
] as const;

type Updatable = (typeof UPDATABLE)[number];

function refuseUnsupported(request: SubscriptionResource): void {
  if (request.filter) throw unsupported('subscription filters');
  if (request.enableExactlyOnceDelivery) throw unsupported('exactly-once delivery');
  if (request.bigqueryConfig || request.cloudStorageConfig || request.bigtableConfig) throw unsupported('export subscriptions');
  if (request.messageTransforms && request.messageTransforms.length > 0) throw unsupported('message transforms');
  if (request.pushConfig?.noWrapper) throw unsupported('push without the message wrapper');
}

function checkedAckDeadline(seconds: number): number {
  const { min, max, default: preset } = LIMITS.ackDeadlineSeconds;
  if (seconds === 0) return preset;
  if (seconds < min || seconds > max) {
    throw invalidArgument(`ackDeadlineSeconds is ${seconds}; it must be ${min} to ${max}, or 0 for the default of ${preset}.`);
  }
  return seconds;
}

function checkPush(push: PushConfig | null | undefined): void {
  const endpoint = push?.pushEndpoint ?? '';
  if (endpoint === '' || endpoint.startsWith(IN_PROCESS)) return;
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) {
    throw invalidArgument(`pushEndpoint is "${endpoint}"; it must be an http:// or https:// URL, or ${IN_PROCESS}name.`);
  }
}

const secondsOr = (time: WireTime | null | undefined, preset: number): number =>
  time ? time.seconds + time.nanos / 1e9 : preset;

function checkRetry(retry: RetryPolicy | null | undefined): void {
  const { min, max, defaultMinimum, defaultMaximum } = LIMITS.retryBackoffSeconds;
  const minimum = secondsOr(retry?.minimumBackoff, defaultMinimum);
  const maximum = secondsOr(retry?.maximumBackoff, defaultMaximum);
  if (minimum < min || maximum > max || minimum > maximum) {
    throw invalidArgument(
      `retryPolicy backs off ${minimum} to ${maximum} s; both must be ${min} to ${max} s and the minimum not above the maximum.`,
    );
  }
}

function checkedDeadLetter(policy: DeadLetterPolicy | null | undefined): DeadLetterPolicy | null {
  if (!policy) return null;
  const { min, max, default: preset } = LIMITS.deliveryAttempts;
  checkResourceName(policy.deadLetterTopic, 'topics');
  const attempts = policy.maxDeliveryAttempts === 0 ? preset : policy.maxDeliveryAttempts;
  if (attempts < min || attempts > max) {
    throw invalidArgument(`deadLetterPolicy.maxDeliveryAttempts is ${attempts}; it must be ${min} to ${max}.`);
  }
  return { deadLetterTopic: policy.deadLetterTopic, maxDeliveryAttempts: attempts };
}

/**
 * The subscription a request asks for, with its defaults filled in.
 * @throws INVALID_ARGUMENT for a value Google would refuse, UNIMPLEMENTED for what this server cannot do.
 */
export function checkedSubscription(request: SubscriptionResource): SubscriptionResource {
  checkResourceName(request.name, 'subscriptions');
  refuseUnsupported(request);
  checkPush(request.pushConfig);
  checkRetry(request.retryPolicy);
  return {
    ...request,
    ackDeadlineSeconds: checkedAckDeadline(request.ackDeadlineSeconds),
    deadLetterPolicy: checkedDeadLetter(request.deadLetterPolicy),
  };
}

const camelCase = (path: string): string => path.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const isUpdatable = (field: string): field is Updatable => UPDATABLE.some((known) => known === field);

/**
 * `current` with the fields that `paths` names taken from `patch`.
 * @throws INVALID_ARGUMENT for an empty mask or a field that cannot change.
 */
export function updatedSubscription(
  current: SubscriptionResource,
  patch: SubscriptionResource,
  paths: readonly string[],
): SubscriptionResource {
  if (paths.length === 0) throw invalidArgument(`The update_mask is empty; it may name ${UPDATABLE.join(', ')}.`);
  const fields = paths.map(camelCase).map((field) => {
    if (!isUpdatable(field)) {
      throw invalidArgument(`The update_mask names "${field}", which cannot change; it may name ${UPDATABLE.join(', ')}.`);
    }
    return [field, patch[field]];
  });
  return checkedSubscription({ ...current, ...Object.fromEntries(fields) });
}

/** How the host describes a subscription it wants to exist; names are full resource names, durations milliseconds. */
export interface SubscriptionSpec {
  readonly name: string;
  readonly topic: string;
  readonly pushEndpoint?: string;
  readonly ackDeadlineSeconds?: number;
  readonly enableMessageOrdering?: boolean;
  readonly retry?: { readonly minimumMs: number; readonly maximumMs: number };
  readonly deadLetter?: { readonly topic: string; readonly maxDeliveryAttempts: number };
}

const duration = (ms: number): WireTime => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 });

export function resourceOf(spec: SubscriptionSpec): SubscriptionResource {
  const { retry, deadLetter } = spec;
  return {
    name: spec.name,
    topic: spec.topic,
    ackDeadlineSeconds: spec.ackDeadlineSeconds ?? 0,
    enableMessageOrdering: spec.enableMessageOrdering ?? false,
    labels: {},
    retainAckedMessages: false,
    pushConfig: spec.pushEndpoint === undefined ? null : { pushEndpoint: spec.pushEndpoint, attributes: {} },
    retryPolicy: retry ? { minimumBackoff: duration(retry.minimumMs), maximumBackoff: duration(retry.maximumMs) } : null,
    deadLetterPolicy: deadLetter
      ? { deadLetterTopic: deadLetter.topic, maxDeliveryAttempts: deadLetter.maxDeliveryAttempts }
      : null,
  };
}
