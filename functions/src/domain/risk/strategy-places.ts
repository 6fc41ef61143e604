/** How many of a strategy's own places are taken, in the view of one of its orders. */
import type { OpenExposure, Reservation, RiskState } from '../../schema/records/risk-state.ts';
import type { PlainLimit } from './limits.ts';
import { isEntry } from './order-reading.ts';
import type { ProposedOrder } from './proposed-order.ts';
import { readLine } from './read-line.ts';

export interface StrategyPlaces {
  readonly limit: PlainLimit;
  /** Distinct (symbol, position side) pairs that the strategy has open or reserved. */
  readonly taken: number;
  /** Whether the order's own pair is one of them, so that it would take no new place. */
  readonly ownPairCounted: boolean;
}

/** Null for an order without a strategy, or of one that config does not have: only the account's limit holds it. */
export function strategyPlaces(risk: RiskState, order: ProposedOrder, limit: PlainLimit | null): StrategyPlaces | null {
  if (limit === null) return null;
  const pairs = new Set<string>();
  for (const open of Object.values(risk.exposures)) addPair(pairs, open, order);
  for (const reserved of Object.values(risk.reservations)) {
    if (reserved.intentId !== order.intentId && isEntry(reserved.purpose)) addPair(pairs, reserved, order);
  }
  return { limit, taken: pairs.size, ownPairCounted: pairs.has(`${order.symbol}-${order.positionSide}`) };
}

/** A line that cannot be read counts as taken; `positions_unavailable` refuses for it anyway. */
function addPair(pairs: Set<string>, line: OpenExposure | Reservation, { strategy }: ProposedOrder): void {
  if (line.strategy !== strategy) return;
  const reading = readLine(line);
  if (reading === null || reading.qty.gt('0')) pairs.add(`${line.symbol}-${line.positionSide}`);
}
