import type { VenueFill } from '../order/venue-order.ts';

/** As many as one commit can write: the database refuses more than 10 MiB, and a fill takes about 9 KB with its index entries. */
export const MOST_FILLS_AT_ONCE = 400;

/** Those of a report not yet booked, each once, in the order they happened. Of very many the first: the others are still fresh afterwards. */
export function freshFills(report: readonly VenueFill[], known: ReadonlySet<string>): readonly VenueFill[] {
  const byTradeId = new Map(report.map((fill) => [fill.tradeId, fill]));
  return [...byTradeId.values()]
    .filter((fill) => !known.has(fill.tradeId))
    .toSorted((a, b) => a.filledAt - b.filledAt || compareIds(a.tradeId, b.tradeId))
    .slice(0, MOST_FILLS_AT_ONCE);
}

/** Trade ids are numbers of any length. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
