import type { RouterConfig } from '../../schema/config/router-config.ts';
import type { RouteSample } from '../../schema/records/router-bucket.ts';
import type { RouterHealth, RouterQuality } from '../../schema/records/router-health.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { routerMetricsOf } from './router-metrics.ts';
import type { RouterContext } from './router-metrics.ts';

const WORST_FIRST: readonly RouterQuality[] = ['broken', 'degraded', 'ok', 'good', 'insufficient_data'];

/** One entry per symbol, also where there is nothing to tell of it. */
export function routerHealthOf(
  symbols: readonly string[],
  routes: readonly RouteSample[],
  contextOf: (symbol: string) => RouterContext,
  router: RouterConfig,
  asOf: EpochMs,
  routesReadUntilAt: EpochMs,
): RouterHealth {
  const bySymbol = Map.groupBy(routes, (route) => route.symbol);
  const metrics = symbols.map((symbol) => routerMetricsOf(symbol, bySymbol.get(symbol) ?? [], contextOf(symbol), router, asOf));
  const told = WORST_FIRST.map((quality) => ({ quality, of: metrics.filter((entry) => entry.quality === quality).map((entry) => entry.symbol) }));
  return {
    summary: told.flatMap(({ quality, of }) => (of.length === 0 ? [] : [`${quality}: ${of.join(', ')}`])).join('; '),
    windowDays: router.health.windowDays,
    symbols: Object.fromEntries(metrics.map((entry) => [entry.symbol, entry])),
    routesReadUntilAt,
    computedAt: asOf,
  };
}
