import type { RoutingPolicy } from '../../../functions/src/schema/records/route-record.ts';

/** What config alone says: post-only first, at the best price. */
export function aPolicy(changes: Partial<RoutingPolicy> = {}): RoutingPolicy {
  return { quality: 'insufficient_data', makerFirst: true, takerBias: 'balanced', offsetBps: 0, source: 'config', reason: 'no router health', ...changes };
}
