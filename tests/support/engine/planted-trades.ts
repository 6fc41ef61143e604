/** A past for learning to learn from: trades that ended, and what the router made of its routes. */
import type { Store } from '../../../functions/src/ports/store.ts';
import { ROUTER_HEALTH, ROUTER_HEALTH_ID } from '../../../functions/src/schema/records/router-health.ts';
import type { RouterMetrics } from '../../../functions/src/schema/records/router-health.ts';
import { TRADES } from '../../../functions/src/schema/records/trade.ts';
import type { TradeRecord } from '../../../functions/src/schema/records/trade.ts';
import { aTrade, idOf, someMetrics } from '../builders/a-trade.ts';
import type { TradeOf } from '../builders/a-trade.ts';

const MINUTE_MS = 60_000;
const TRADES_A_COMMIT = 400;

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

export async function plantRouterHealth(store: Store, at: number, metrics: Partial<RouterMetrics> = {}): Promise<void> {
  await store.commit((writer) =>
    writer.set(ROUTER_HEALTH, ROUTER_HEALTH_ID, { summary: '', windowDays: 7, symbols: { BTCUSDT: someMetrics(metrics) }, routesReadUntilAt: at, computedAt: at }),
  );
}
