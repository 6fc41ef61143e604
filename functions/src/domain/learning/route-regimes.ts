import type { RouteRecord } from '../../schema/records/route-record.ts';

/** Slippage up to which a route was cheap, and up to which it was ordinary (ancestor 8.2). */
const LOW_SLIPPAGE_BPS = 1;
const MEDIUM_SLIPPAGE_BPS = 5;

/** How an entry was routed, as tags that results are grouped by. A trade that no route of ours opened is `unrouted`. */
export function regimesOf(route: RouteRecord | null): readonly string[] {
  if (route === null) return ['unrouted'];
  return [
    ...(route.startedMaker ? [route.route === 'maker' ? 'maker_success' : 'maker_attempt'] : []),
    ...(route.usedFallback ? ['fallback'] : []),
    ...(route.slippageBps === null ? [] : [slippageTag(route.slippageBps)]),
    `policy_${route.policy.quality}`,
    `bias_${route.policy.takerBias}`,
  ];
}

function slippageTag(slippageBps: number): string {
  if (slippageBps <= LOW_SLIPPAGE_BPS) return 'slip_low';
  return slippageBps <= MEDIUM_SLIPPAGE_BPS ? 'slip_med' : 'slip_high';
}
