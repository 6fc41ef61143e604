/**
 * The trades that learning needs. Trades change when the venue publishes funding late, so what has changed is asked for by the
 * time of the write, and its whole day is read again: the same day comes out whatever is repeated, late or corrected.
 */
import type { RoutedTrade } from '../../domain/learning/learning-days.ts';
import { learningDayId, startOfLearningDay, windowDays } from '../../domain/learning/learning-days.ts';
import type { Doc, Store } from '../../ports/store.ts';
import type { LearningState } from '../../schema/records/learning-state.ts';
import { ROUTES } from '../../schema/records/route-record.ts';
import type { RouteRecord } from '../../schema/records/route-record.ts';
import { TRADES } from '../../schema/records/trade.ts';
import type { TradeRecord } from '../../schema/records/trade.ts';
import type { EpochMs } from '../../schema/scalars.ts';

const DAY_MS = 86_400_000;
/** A commit may land after a run that began later has read: far longer than any run lives. */
const OVERLAP_MS = 600_000;
/** Changes that are looked at one by one; with more, every day of the window is summed up again. */
const MOST_CHANGES = 1000;
/** Trades of one day that are summed up. */
const MOST_TRADES_A_DAY = 10_000;
const ROUTES_AT_ONCE = 300;

type Reads = Pick<Store, 'get' | 'query'>;

/** Days of the window, yyyymmdd and newest first, whose sums are not what their trades are. */
export async function changedDays(store: Reads, before: LearningState | null, asOf: EpochMs, lookbackDays: number): Promise<readonly string[]> {
  const window = windowDays(asOf, lookbackDays);
  const since = before?.readUntilAt ?? null;
  if (before === null || since === null) return window.toReversed();
  const changed = await store.query({
    collection: TRADES,
    where: [{ field: 'updatedAt', op: '>=', value: Math.max(since - OVERLAP_MS, 0) }],
    limit: MOST_CHANGES,
  });
  if (changed.length === MOST_CHANGES) return window.toReversed();
  const days = new Set([...before.pendingDays, ...changed.map(({ data }) => learningDayId(data.closedAt))]);
  return window.filter((day) => days.has(day)).toReversed();
}

export interface DayOfTrades {
  readonly day: string;
  readonly trades: readonly RoutedTrade[];
  /** There are more than are summed up. */
  readonly isCutOff: boolean;
}

export async function tradesOfDay(store: Reads, day: string): Promise<DayOfTrades> {
  const from = startOfLearningDay(day);
  const found = await store.query({
    collection: TRADES,
    where: [
      { field: 'closedAt', op: '>=', value: from },
      { field: 'closedAt', op: '<', value: from + DAY_MS },
    ],
    orderBy: [{ field: 'closedAt', direction: 'asc' }],
    limit: MOST_TRADES_A_DAY,
  });
  const routes = await entryRoutes(store, found);
  const trades = found.map(({ id, data }) => ({ id, trade: data, entryRoute: routes.get(entryIntent(data)) ?? null }));
  return { day, trades, isCutOff: found.length === MOST_TRADES_A_DAY };
}

/** The first fill was the entry's, unless somebody else opened the position. */
const entryIntent = ({ intentIds }: TradeRecord): string => intentIds[0] ?? '';

async function entryRoutes(store: Reads, trades: readonly Doc<TradeRecord>[]): Promise<ReadonlyMap<string, RouteRecord>> {
  const ids = [...new Set(trades.map(({ data }) => entryIntent(data)))].filter((id) => id !== '');
  const routes = new Map<string, RouteRecord>();
  for (let index = 0; index < ids.length; index += ROUTES_AT_ONCE) {
    const some = ids.slice(index, index + ROUTES_AT_ONCE);
    const got = await store.get(Object.fromEntries(some.map((id) => [id, { collection: ROUTES, id }])));
    for (const [id, route] of Object.entries(got)) {
      if (route !== null && (route.purpose === 'open' || route.purpose === 'increase')) routes.set(id, route);
    }
  }
  return routes;
}
