import type { IntentRecord } from '../../schema/records/intent.ts';
import type { RoutingPolicy } from '../../schema/records/route-record.ts';

/** Every approval sets one; an intent that is worked without it is a bug. */
export function approvedPolicy({ intentId, policy }: IntentRecord): RoutingPolicy {
  if (policy === null) throw new Error(`intent ${intentId} is worked without a routing policy`);
  return policy;
}
