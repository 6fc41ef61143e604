import type { RouteRecord } from '../../schema/records/route-record.ts';
import type { RouterBucket } from '../../schema/records/router-bucket.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { routeSample } from './route-sample.ts';

export const HOUR_MS = 3_600_000;
/** Keeps a bucket's document far below a megabyte; the newest of an hour stay. */
const MOST_ROUTES = 3000;

export const hourOf = (at: EpochMs): EpochMs => at - (at % HOUR_MS);

/** `yyyymmdd-hh` in UTC. */
export const bucketId = (startAt: EpochMs): string => new Date(startAt).toISOString().slice(0, 13).replaceAll('-', '').replace('T', '-');

/** One per hour in which a route ended, from the same routes always the same; routes come oldest first. */
export function routerBuckets(routes: readonly RouteRecord[], keptMs: number): readonly RouterBucket[] {
  return [...Map.groupBy(routes, (route) => hourOf(route.endedAt))].map(([startAt, ended]) => {
    const fallbacks = ended.filter((route) => route.usedFallback).length;
    return {
      summary: `${ended.length} routes, ${fallbacks} after a fallback`,
      routes: ended.slice(-MOST_ROUTES).map(routeSample),
      startAt,
      expireAt: startAt + keptMs,
    };
  });
}
