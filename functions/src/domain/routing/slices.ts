/**
 * TWAP: an approved quantity in equal slices over time. The plan is made once, at approval, and lies on the intent; what
 * a slice still wants follows from the plan and from what has filled, so any worker at any time finds the same.
 *
 * 1. No slice is below the venue's minimum when planned, and together they are exactly the approved quantity.
 * 2. What a slice leaves unfilled is wanted by the next one; nothing is wanted beyond the approved quantity.
 * 3. The last slice starts early enough to be worked before the intent expires, if it starts on time.
 */
import type { Decimal } from '../money/decimal.ts';
import { ONE, decimal, decimalOfInteger, divide, isPositive, max, text, toStatistic } from '../money/decimal.ts';
import { quantizeQtyDown } from '../money/quantize.ts';
import type { Price } from '../money/units.ts';
import type { Instrument } from '../market/instrument.ts';
import { isExiting } from '../intent/is-exiting.ts';
import type { RoutingRules } from '../order/routing-rules.ts';
import type { IntentRecord, SlicePlan } from '../../schema/records/intent.ts';
import type { EpochMs } from '../../schema/scalars.ts';

/** A slice may meet a lower price than the plan did and still has to reach the minimum notional. */
const PRICE_HEADROOM = '1.1';

/** Null when the intent is to be sent at once: an exit, below the configured value, too small or too short-lived to split. */
export function slicePlanOf(intent: IntentRecord, at: Price, instrument: Instrument, now: EpochMs, { slicing }: RoutingRules): SlicePlan | null {
  if (slicing === null || isExiting(intent) || decimal(intent.qty).times(at).lt(slicing.minNotional)) return null;
  const minQty = smallestSlice(at, instrument);
  const bySize = divide(decimal(intent.qty), minQty, 0, 'down');
  const byTime = Math.floor((intent.expiresAt - now - slicing.workMs) / slicing.intervalMs) + 1;
  const slices = Math.min(slicing.slices, toStatistic(bySize), byTime);
  if (slices < 2) return null;
  const sliceQty = quantizeQtyDown(divide(decimal(intent.qty), decimalOfInteger(slices), 18, 'down'), instrument.stepSize);
  return { slices, sliceQty: text(sliceQty), minQty: text(minQty), intervalMs: slicing.intervalMs };
}

/** The smallest quantity of the grid that the venue takes, with room for a lower price. */
function smallestSlice(at: Price, { minNotional, minQty, stepSize }: Instrument): Decimal {
  const forNotional = divide(minNotional.times(PRICE_HEADROOM), at.times(stepSize), 0, 'up');
  const forQty = divide(minQty, stepSize, 0, 'up');
  return stepSize.times(max(ONE, forNotional, forQty));
}

export function sliceCount({ slicePlan }: Pick<IntentRecord, 'slicePlan'>): number {
  return slicePlan === null ? 1 : slicePlan.slices;
}

/** What is to be filled until the end of the slice and has not filled yet. */
export function wantedQty(intent: IntentRecord, slice: number): Decimal {
  const { slicePlan, qty, executedQty } = intent;
  const isLast = slicePlan === null || slice >= slicePlan.slices;
  const target = isLast ? decimal(qty) : decimal(slicePlan.sliceQty).times(decimalOfInteger(slice));
  return target.minus(executedQty);
}

/** Whether what the slice still wants is worth an order of its own; what the last one wants always is. */
export function isWorthSending(intent: IntentRecord, slice: number): boolean {
  const wanted = wantedQty(intent, slice);
  if (intent.slicePlan === null || slice >= intent.slicePlan.slices) return isPositive(wanted);
  return wanted.gte(intent.slicePlan.minQty);
}

export function sliceDueAt({ slicePlan, approvedAt, createdAt }: IntentRecord, slice: number): EpochMs {
  return (approvedAt ?? createdAt) + (slicePlan === null ? 0 : (slice - 1) * slicePlan.intervalMs);
}
