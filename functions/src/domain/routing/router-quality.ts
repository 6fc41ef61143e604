/**
 * How well orders of a symbol are routed. Thresholds and their order are the ancestor's; unlike there, a statistic that is
 * not known decides nothing: it neither breaks a router nor makes it good.
 */
import type { RouterHealthConfig } from '../../schema/config/router-health-config.ts';
import type { RouterQuality, RouterRegime } from '../../schema/records/router-health.ts';

/** Each null until there are enough samples of it. */
export interface RouterStatistics {
  /** Of maker starts, 0 to 1. */
  readonly makerShare: number | null;
  /** Of maker starts, 0 to 1. */
  readonly fallbackRatio: number | null;
  readonly slippageP95Bps: number | null;
  readonly ackLatencyP50Ms: number | null;
}

export function routerQuality(known: RouterStatistics, config: RouterHealthConfig): RouterQuality {
  if (isUnknown(known)) return 'insufficient_data';
  const { makerShare, fallbackRatio, slippageP95Bps, ackLatencyP50Ms } = known;
  const reaches = (fallbackPct: number, slippageBps: number, latencyMs: number): boolean =>
    isFrom(fallbackRatio, fallbackPct / 100) || isFrom(slippageP95Bps, slippageBps) || isFrom(ackLatencyP50Ms, latencyMs);
  if (reaches(config.brokenFallbackPct, config.brokenSlippageBps, config.brokenLatencyMs)) return 'broken';
  if (reaches(config.degradedFallbackPct, config.degradedSlippageBps, config.degradedLatencyMs)) return 'degraded';
  const rests = isFrom(makerShare, config.goodMakerPct / 100) && isUpTo(fallbackRatio, config.goodFallbackPct / 100);
  const isPrompt = ackLatencyP50Ms === null || ackLatencyP50Ms <= config.goodLatencyMs;
  return rests && isUpTo(slippageP95Bps, config.goodSlippageBps) && isPrompt ? 'good' : 'ok';
}

/** A finer name for what stands out, with the ancestor's thresholds: auto-tune reads it, no order follows it. */
export function routerRegime(known: RouterStatistics): RouterRegime {
  if (isUnknown(known)) return 'insufficient_data';
  const { makerShare, fallbackRatio, slippageP95Bps, ackLatencyP50Ms } = known;
  if (isFrom(fallbackRatio, 0.85) || isUpTo(makerShare, 0.2) || isFrom(slippageP95Bps, 25) || isFrom(ackLatencyP50Ms, 3000)) return 'broken';
  if (isFrom(fallbackRatio, 0.55)) return 'fallback_heavy';
  if (isFrom(slippageP95Bps, 12)) return 'slippage_hot';
  const isSlippageSmall = slippageP95Bps === null || slippageP95Bps <= 5;
  return isFrom(makerShare, 0.7) && isUpTo(fallbackRatio, 0.3) && isSlippageSmall ? 'maker_strong' : 'balanced';
}

function isUnknown(known: RouterStatistics): boolean {
  return Object.values(known).every((value) => value === null);
}

const isFrom = (value: number | null, limit: number): boolean => value !== null && value >= limit;
const isUpTo = (value: number | null, limit: number): boolean => value !== null && value <= limit;
