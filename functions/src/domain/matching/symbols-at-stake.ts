import type { ExchangeState } from './exchange-state.ts';
import { livePositions } from './position-book.ts';

/** Where the market can change the account: with an order, a stop or a position. */
export function symbolsAtStake(state: ExchangeState): readonly string[] {
  const ordered = Object.values(state.openOrders).flat();
  return [...new Set([...ordered, ...state.openAlgos, ...livePositions(state)].map(({ symbol }) => symbol))];
}
