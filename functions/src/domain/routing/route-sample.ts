import { decimal, divide, isZero, toStatistic } from '../money/decimal.ts';
import type { RouteRecord } from '../../schema/records/route-record.ts';
import type { RouteSample } from '../../schema/records/router-bucket.ts';

export function routeSample(route: RouteRecord): RouteSample {
  const executedNotionalUsd = toStatistic(decimal(route.executedNotionalUsd));
  return {
    symbol: route.symbol,
    endedAt: route.endedAt,
    isMakerStart: route.startedMaker && (route.route !== 'none' || route.usedFallback),
    usedFallback: route.usedFallback,
    rejections: route.rejections,
    executedNotionalUsd,
    makerNotionalUsd: executedNotionalUsd * makerPart(route),
    slippageBps: route.slices === 1 ? route.slippageBps : null,
    ackLatencyMs: route.ackLatencyMs,
  };
}

function makerPart({ executedQty, makerQty }: RouteRecord): number {
  const executed = decimal(executedQty);
  return isZero(executed) ? 0 : toStatistic(divide(decimal(makerQty), executed, 12, 'half-even'));
}
