/**
 * How the next order of a symbol is worked. Config alone decides while health is missing, old or without enough samples.
 *
 * Where makers are degraded or broken, orders take; but one in so many starts exactly as configured, so that there are
 * fresh maker starts by which a recovery shows. Which ones follows from the intent's id, so a repeat decides alike.
 */
import type { RouterConfig } from '../../schema/config/router-config.ts';
import type { RoutingPolicy } from '../../schema/records/route-record.ts';
import type { RouterHealth } from '../../schema/records/router-health.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { isOneIn } from '../identity/one-in.ts';

const MINUTE_MS = 60_000;

interface OrderToRoute {
  readonly intentId: string;
  readonly symbol: string;
}

export function policyFor(router: RouterConfig, health: RouterHealth | null, { intentId, symbol }: OrderToRoute, asOf: EpochMs): RoutingPolicy {
  const configured = { makerFirst: router.makerFirst, takerBias: 'balanced', offsetBps: router.makerOffsetBps } as const;
  const neutral = (reason: string): RoutingPolicy => ({ ...configured, quality: 'insufficient_data', source: 'config', reason });
  if (health === null) return neutral('no router health');
  if (asOf - health.computedAt > router.health.maxAgeMinutes * MINUTE_MS) return neutral('router health is too old');
  const metrics = health.symbols[symbol];
  if (metrics === undefined) return neutral('no routes of the symbol');
  const { quality, makerFirst, takerBias, reason } = metrics;
  if (quality === 'insufficient_data') return neutral(metrics.warmupReason ?? reason);
  const probeOneIn = quality === 'broken' ? router.health.brokenProbeOneIn : router.health.degradedProbeOneIn;
  if ((quality === 'broken' || quality === 'degraded') && isOneIn(probeOneIn, 'probe', intentId)) {
    return { ...configured, quality, source: 'routerHealth', reason: `${reason}; probe` };
  }
  const offsetBps = Math.min(metrics.offsetBps, Math.max(router.makerOffsetBps, router.maxMakerOffsetBps));
  return { quality, makerFirst: router.makerFirst && makerFirst, takerBias, offsetBps, source: 'routerHealth', reason };
}
