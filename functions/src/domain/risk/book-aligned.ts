import type { GateInput } from './gate-input.ts';

/** Whether the book leans the order's way by at least what config calls aligned; null when the book is not known. */
export function bookAligned({ bookImbalance, side, limits }: GateInput): boolean | null {
  if (bookImbalance.kind === 'unusable') return null;
  return (side === 'buy' ? bookImbalance.value : -bookImbalance.value) >= limits.orderBook.aligned.value;
}
