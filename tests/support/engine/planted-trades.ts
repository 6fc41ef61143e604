/** A past for learning to learn from: trades that ended, and the routes of entries. */
import type { Store } from '../../../functions/src/ports/store.ts';
import { ROUTES } from '../../../functions/src/schema/records/route-record.ts';
import type { RouteRecord } from '../../../functions/src/schema/records/route-record.ts';
import { TRADES } from '../../../functions/src/schema/records/trade.ts';
import type { TradeRecord } from '../../../functions/src/schema/records/trade.ts';
import { aRoute, aTrade, idOf } from '../builders/a-trade.ts';
import type { TradeOf } from '../builders/a-trade.ts';

const MINUTE_MS = 60_000;
const TRADES_A_COMMIT = 400;
const ROUTE_LIFE_MS = 30 * 24 * 60 * MINUTE_MS;

/** One trade every ten minutes, the last one closed a minute before `before`. */
export function pastTrades(count: number, before: number, of: (index: number) => TradeOf): TradeRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const closedAt = before - MINUTE_MS - (count - 1 - index) * 10 * MINUTE_MS;
    return aTrade({ closedAt, openedAt: closedAt - 5 * MINUTE_MS, ...of(index) });
  });
}

export async function plantTrades(store: Store, trades: readonly TradeRecord[]): Promise<void> {
  for (let index = 0; index < trades.length; index += TRADES_A_COMMIT) {
    await store.commit((writer) => {
      for (const trade of trades.slice(index, index + TRADES_A_COMMIT)) writer.set(TRADES, idOf(trade), trade);
    });
  }
}

/** Entries that rested, one a minute, the last one ended a minute before `before`: two of five were taken after all. */
export function pastRoutes(count: number, before: number): RouteRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const endedAt = before - (count - index) * MINUTE_MS;
    const fallback = index % 5 < 2 ? ({ route: 'taker', usedFallback: true, attempts: 2, makerQty: '0' } as const) : {};
    return aRoute({ intentId: `past-${index}`, approvedAt: endedAt - 5000, endedAt, expireAt: endedAt + ROUTE_LIFE_MS, ...fallback });
  });
}

export async function plantRoutes(store: Store, routes: readonly RouteRecord[]): Promise<void> {
  await store.commit((writer) => {
    for (const route of routes) writer.set(ROUTES, route.intentId, route);
  });
}
