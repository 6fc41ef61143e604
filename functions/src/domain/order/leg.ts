import type { IntentRecord } from '../../schema/records/intent.ts';
import type { OrderRecord } from '../../schema/records/order.ts';
import { isExiting } from '../intent/is-exiting.ts';
import { approvedPolicy } from '../routing/approved-policy.ts';
import type { RoutingRules } from './routing-rules.ts';

export type Leg = OrderRecord['leg'];

/** How a slice starts. */
export function firstLeg(intent: IntentRecord, rules: RoutingRules): Leg {
  const { makerFirst, takerBias } = approvedPolicy(intent);
  return makerFirst && takerBias !== 'prefer_taker' && !(isExiting(intent) && rules.exitsGoTaker) ? 'maker' : 'taker';
}
