import type { RoutingRules } from '../../../functions/src/domain/order/routing-rules.ts';

/** A maker for 20 seconds, one requote, then a taker within 10 basis points; a look every 5 seconds. */
export function routing(changes: Partial<RoutingRules> = {}): RoutingRules {
  return {
    exitsGoTaker: true,
    makerRestMs: 20_000,
    maxRequotes: 1,
    takerCollarBps: 10,
    pollMs: 5000,
    maxAttempts: 8,
    invalidAfterMs: 6000,
    slicing: null,
    ...changes,
  };
}
