import { decimal, divide, isPositive, toStatistic } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';

const PRICE_PLACES = 12;

/** Average price of all its fills; null when nothing filled. */
export function averagePriceOf({ executedQty, executedQuoteUsd }: IntentRecord): Decimal | null {
  const executed = decimal(executedQty);
  return isPositive(executed) ? divide(decimal(executedQuoteUsd), executed, PRICE_PLACES, 'half-even') : null;
}

/** (average - arrival mid) / arrival mid in basis points, positive when it cost us; null when either is not known. */
export function slippageBpsOf(intent: IntentRecord): number | null {
  const average = averagePriceOf(intent);
  if (average === null || intent.arrivalMid === null) return null;
  const mid = decimal(intent.arrivalMid);
  const difference = intent.side === 'buy' ? average.minus(mid) : mid.minus(average);
  return toStatistic(divide(difference.times('10000'), mid, 4, 'half-even'));
}
