/**
 * Router health from route records. Routes are folded into hourly buckets, and only those that ended since the last run
 * are read: from an hour before the last one on, as a route may be committed a while after the time it carries. An hour's
 * bucket follows from its routes alone, so a repeated, late or overlapping run writes the same.
 */
import { HOUR_MS, bucketId, hourOf, routerBuckets } from '../../domain/routing/router-buckets.ts';
import { routerHealthOf } from '../../domain/routing/router-health-of.ts';
import type { RouterContext } from '../../domain/routing/router-metrics.ts';
import { ROUTES } from '../../schema/records/route-record.ts';
import type { RouteRecord } from '../../schema/records/route-record.ts';
import { ROUTER_METRICS } from '../../schema/records/router-bucket.ts';
import type { RouterBucket } from '../../schema/records/router-bucket.ts';
import { ROUTER_HEALTH, ROUTER_HEALTH_ID } from '../../schema/records/router-health.ts';
import type { RouterHealth } from '../../schema/records/router-health.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { LearnDeps } from './learn-deps.ts';
import { readRouterHealth } from '../market/read-router-health.ts';
import { routerContext } from './router-context.ts';

const DAY_MS = 86_400_000;
const PAGE = 500;
/** Bounds one run's writes and memory; what is left the next run reads. At least one hour is always finished. */
const MOST_HOURS = 4;
const MOST_ROUTES = 10_000;

export async function learnRouter(deps: LearnDeps, asOf: EpochMs): Promise<RouterHealth> {
  const windowStart = Math.max(1, asOf - deps.config.router.health.windowDays * DAY_MS);
  const { fresh, stored, readUntilAt, context } = await deps.step('learn.read-routes', () => readRoutes(deps, windowStart, asOf));
  const buckets = new Map(stored.map((bucket) => [bucket.startAt, bucket]));
  for (const bucket of fresh) buckets.set(bucket.startAt, bucket);
  const samples = [...buckets.values()].flatMap((bucket) => bucket.routes).filter((route) => route.endedAt <= asOf);
  const symbols = deps.config.universe.symbols.map((entry) => entry.symbol);
  const health = routerHealthOf(symbols, samples, () => context, deps.config.router, asOf, readUntilAt);
  await deps.step('learn.record-router', () =>
    deps.store.commit((writer) => {
      for (const bucket of fresh) writer.set(ROUTER_METRICS, bucketId(bucket.startAt), bucket);
      writer.set(ROUTER_HEALTH, ROUTER_HEALTH_ID, health);
    }),
  );
  return health;
}

interface Read {
  readonly fresh: readonly RouterBucket[];
  readonly stored: readonly RouterBucket[];
  readonly readUntilAt: EpochMs;
  readonly context: RouterContext;
}

async function readRoutes(deps: LearnDeps, windowStart: EpochMs, asOf: EpochMs): Promise<Read> {
  const [health, context, stored] = await Promise.all([
    readRouterHealth(deps),
    routerContext(deps, asOf),
    deps.store.query({
      collection: ROUTER_METRICS,
      where: [{ field: 'startAt', op: '>=', value: hourOf(windowStart) }],
      orderBy: [{ field: 'startAt', direction: 'asc' }],
      limit: (deps.config.router.health.windowDays + 1) * 24,
    }),
  ]);
  const from = health === null ? windowStart : Math.max(windowStart, health.routesReadUntilAt - HOUR_MS);
  const { routes, untilAt } = await readPages(deps, hourOf(from), asOf);
  const fresh = routerBuckets(routes, deps.config.router.routeRetentionDays * DAY_MS);
  return { fresh, stored: stored.map(({ data }) => data), readUntilAt: untilAt, context };
}

interface Pages {
  readonly routes: readonly RouteRecord[];
  readonly untilAt: EpochMs;
}

/** Every route that ended from `from` on and before `untilAt`, oldest first; `untilAt` is the start of an hour or `asOf`. */
async function readPages(deps: Pick<LearnDeps, 'store'>, from: EpochMs, asOf: EpochMs): Promise<Pages> {
  const seen = new Map<string, RouteRecord>();
  let since = Math.max(1, from);
  for (;;) {
    // Two routes may share a time, so a page begins with the time the one before ended at.
    const page = await deps.store.query({ collection: ROUTES, where: [{ field: 'endedAt', op: '>=', value: since }], orderBy: [{ field: 'endedAt', direction: 'asc' }], limit: PAGE });
    for (const { id, data } of page) seen.set(id, data);
    const routes = [...seen.values()];
    const hours = [...new Set(routes.map((route) => hourOf(route.endedAt)))];
    const last = page.at(-1)?.data.endedAt ?? since;
    const isAll = page.length < PAGE || last === since;
    const firstLeft = hours[MOST_HOURS] ?? (routes.length >= MOST_ROUTES && hours.length > 1 ? hourOf(last) : null);
    if (firstLeft !== null) return { routes: routes.filter((route) => route.endedAt < firstLeft), untilAt: firstLeft };
    if (isAll) return { routes, untilAt: asOf };
    since = last;
  }
}
