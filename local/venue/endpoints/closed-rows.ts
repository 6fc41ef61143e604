import type { MarketFeed } from '../market/market-feed.ts';
import type { WireValue } from '../wire-json.ts';

/** Enough for 200 candles of 200 symbols, some tens of megabytes at most. */
const ROWS_KEPT = 40_000;

const rowsByFeed = new WeakMap<MarketFeed, Map<string, WireValue>>();

/** Rows of candles that have closed. They never change again, and every screen asks for nearly the same ones. */
export function closedRows(feed: MarketFeed): ClosedRows {
  const rows = rowsByFeed.get(feed) ?? new Map<string, WireValue>();
  rowsByFeed.set(feed, rows);
  return {
    get: (key) => rows.get(key),
    keep: (key, row) => {
      rows.set(key, row);
      const oldest = rows.keys().next();
      if (rows.size > ROWS_KEPT && oldest.done !== true) rows.delete(oldest.value);
    },
  };
}

interface ClosedRows {
  get(key: string): WireValue | undefined;
  keep(key: string, row: WireValue): void;
}
