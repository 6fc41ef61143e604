import { LIMITS } from './limits.ts';
import type { SubscriptionResource, WireTime } from './wire.ts';

/** Google's range for push endpoints that fail when the subscription has no retry policy of its own. */
const PUSH_BACKOFF = { minMs: 100, maxMs: 60_000 };

const toMs = (duration: WireTime): number => duration.seconds * 1000 + duration.nanos / 1e6;

function backoffRange(subscription: SubscriptionResource): { minMs: number; maxMs: number } | undefined {
  const policy = subscription.retryPolicy;
  if (policy) {
    const { defaultMinimum, defaultMaximum } = LIMITS.retryBackoffSeconds;
    const minMs = policy.minimumBackoff ? toMs(policy.minimumBackoff) : defaultMinimum * 1000;
    const maxMs = policy.maximumBackoff ? toMs(policy.maximumBackoff) : defaultMaximum * 1000;
    return { minMs, maxMs };
  }
  return subscription.pushConfig?.pushEndpoint ? PUSH_BACKOFF : undefined;
}

/**
 * How long a message waits after its `failures`-th failed delivery (1 or more), in ms: the minimum doubled with
 * each failure, up to the maximum. Pull subscriptions without a retry policy redeliver at once, as Google's do.
 */
export function retryDelayMs(subscription: SubscriptionResource, failures: number): number {
  const range = backoffRange(subscription);
  if (!range) return 0;
  const doublings = Math.min(failures - 1, 30);
  return Math.min(range.maxMs, range.minMs * 2 ** doublings);
}
