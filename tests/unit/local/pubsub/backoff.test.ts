import { expect, it } from 'vitest';
import { retryDelayMs } from '../../../../local/pubsub/backoff.ts';
import { resourceOf, type SubscriptionSpec } from '../../../../local/pubsub/subscription-resource.ts';
import type { RetryPolicy } from '../../../../local/pubsub/wire.ts';
import { TOPIC, WORKER } from './support/broker-fixture.ts';

const FAILURES = [1, 2, 3, 10, 11, 5_000];

const delays = (spec: Partial<SubscriptionSpec>, retryPolicy?: RetryPolicy) => {
  const resource = resourceOf({ name: WORKER, topic: TOPIC, ...spec });
  return FAILURES.map((failures) => retryDelayMs(retryPolicy ? { ...resource, retryPolicy } : resource, failures));
};

it.each<[string, Partial<SubscriptionSpec>, number[]]>([
  ['at once without a retry policy', {}, [0, 0, 0, 0, 0, 0]],
  ['from 100 ms to a minute for a push endpoint without one', { pushEndpoint: 'http://host/' }, [100, 200, 400, 51_200, 60_000, 60_000]],
  ['within the retry policy', { retry: { minimumMs: 1_500, maximumMs: 4_000 } }, [1_500, 3_000, 4_000, 4_000, 4_000, 4_000]],
  ['at once when the policy says zero', { retry: { minimumMs: 0, maximumMs: 0 } }, [0, 0, 0, 0, 0, 0]],
])('a failed message comes again %s', (_, spec, expected) => {
  expect(delays(spec)).toEqual(expected);
});

it('takes 10 s and 10 minutes for bounds the retry policy leaves out', () => {
  expect(delays({}, {})).toEqual([10_000, 20_000, 40_000, 600_000, 600_000, 600_000]);
});
