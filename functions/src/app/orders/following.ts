import type { NextAction } from '../../domain/order/next-action.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { OrderRecord } from '../../schema/records/order.ts';

/** An intent under way and its present attempt, as last read or written by this run. */
export interface Following {
  readonly intent: IntentRecord;
  readonly order: OrderRecord;
}

export type Settlement = Extract<NextAction, { kind: 'settle' }>;

/** What a step of the way led to: further on, or to the end. */
export type Followed = { readonly kind: 'following'; readonly state: Following } | { readonly kind: 'ending'; readonly settlement: Settlement };

export function following(state: Following): Followed {
  return { kind: 'following', state };
}
