import type { VenueFill } from '../order/venue-order.ts';

/** Those of a report not yet booked, each once, in the order they happened. */
export function freshFills(report: readonly VenueFill[], known: ReadonlySet<string>): readonly VenueFill[] {
  const byTradeId = new Map(report.map((fill) => [fill.tradeId, fill]));
  return [...byTradeId.values()]
    .filter((fill) => !known.has(fill.tradeId))
    .toSorted((a, b) => a.filledAt - b.filledAt || compareIds(a.tradeId, b.tradeId));
}

/** Trade ids are numbers of any length. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
