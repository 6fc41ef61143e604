/** The policy of one order as auto-tune has moved it; the policy itself where nothing applies. */
import type { IntelConfig } from '../../schema/config/intel-config.ts';
import type { RouterApplied } from '../../schema/records/router-applied.ts';
import type { RoutingPolicy } from '../../schema/records/route-record.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { BIAS_OF, takerBiasOf } from './taker-bias.ts';

/**
 * `applied` is null while the flag is off, or without a record. A record that is no longer valid changes nothing, and
 * neither does any while routes are degraded or broken: then the router's own policy must have its way.
 */
export function withAutotune(policy: RoutingPolicy, applied: RouterApplied | null, symbol: string, bounds: IntelConfig['autotune'], asOf: EpochMs): RoutingPolicy {
  if (applied === null || asOf >= applied.validUntilAt) return policy;
  if (policy.quality !== 'good' && policy.quality !== 'ok') return policy;
  const tuning = applied.symbols[symbol];
  if (tuning === undefined) return policy;
  const { biasShift, offsetShiftBps, samples } = tuning;
  return {
    ...policy,
    makerFirst: tuning.makerFirst ?? policy.makerFirst,
    takerBias: biasShift === 0 ? policy.takerBias : takerBiasOf(moved(BIAS_OF[policy.takerBias], biasShift, bounds.minBias, bounds.maxBias)),
    offsetBps: moved(policy.offsetBps, offsetShiftBps, bounds.minOffsetBps, bounds.maxOffsetBps),
    source: 'autotune',
    reason: `${policy.reason}; auto-tune moved bias by ${biasShift} and offset by ${offsetShiftBps} bps after ${samples} routes`,
  };
}

/** Towards a bound and not past it; a value that is past it already stays where it is. */
function moved(value: number, shift: number, least: number, most: number): number {
  return shift > 0 ? Math.max(value, Math.min(value + shift, most)) : Math.min(value, Math.max(value + shift, least));
}
