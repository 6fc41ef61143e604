/** The order book's best levels, and how it leans. */
import { isPositive, sum, toStatistic } from '../money/decimal.ts';
import type { Price, Qty } from '../money/units.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export interface BookLevel {
  readonly price: Price;
  readonly qty: Qty;
}

/** Each side from its best price outward; a thin book has fewer levels than were asked for. */
export interface Book {
  readonly symbol: string;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  readonly at: EpochMs;
}

/**
 * (bid size - ask size) / (bid size + ask size) over the best `levels` of each side, from -1 to 1; null when nothing is
 * displayed. Ancestor's order-book gate, specification 1.4.
 */
export function bookImbalance({ bids, asks }: Pick<Book, 'bids' | 'asks'>, levels: number): number | null {
  const bid = sizeOf(bids, levels);
  const ask = sizeOf(asks, levels);
  const displayed = bid.plus(ask);
  return isPositive(displayed) ? toStatistic(bid.minus(ask)) / toStatistic(displayed) : null;
}

function sizeOf(side: readonly BookLevel[], levels: number) {
  return sum(side.slice(0, levels).map(({ qty }) => qty));
}
