// Average-cost accounting with an exact cost basis: what a close removes from the cost is rounded once and the rest is
// kept by subtraction, so realised PnL over a position's life equals the cash that moved, to the last digit.
import { type Decimal, ZERO, divide, isZero } from '../money/decimal.ts';
import { roundAmount } from './amount.ts';

export interface Holding {
  /** Signed: negative is short. */
  readonly qty: Decimal;
  /** Signed value paid for `qty`. */
  readonly cost: Decimal;
}

export interface HoldingChange {
  readonly holding: Holding;
  /** Profit of the closed part, before fees. */
  readonly realised: Decimal;
  /** Quantities without sign. */
  readonly closedQty: Decimal;
  readonly openedQty: Decimal;
  /** Signed value that was added to the cost. */
  readonly openedCost: Decimal;
}

/** Applies a fill of signed quantity `delta` at `price`; a fill larger than an opposite holding closes it and opens the rest. */
export function applyFill(holding: Holding, delta: Decimal, price: Decimal): HoldingChange {
  const opposite = holding.qty.times(delta).lt(ZERO);
  if (!opposite) {
    const openedCost = roundAmount(delta.times(price));
    return {
      holding: { qty: holding.qty.plus(delta), cost: holding.cost.plus(openedCost) },
      realised: ZERO,
      closedQty: ZERO,
      openedQty: delta.abs(),
      openedCost,
    };
  }
  if (delta.abs().gt(holding.qty.abs())) return closeAndReverse(holding, delta, price);
  const removed = removedCost(holding, delta.abs());
  return {
    holding: { qty: holding.qty.plus(delta), cost: holding.cost.minus(removed) },
    realised: ZERO.minus(roundAmount(delta.times(price))).minus(removed),
    closedQty: delta.abs(),
    openedQty: ZERO,
    openedCost: ZERO,
  };
}

/** Profit if the holding were closed at `price`, in the margin asset. */
export function unrealised(holding: Holding, price: Decimal): Decimal {
  return roundAmount(holding.qty.times(price)).minus(holding.cost);
}

/** Average entry price for display, 0 when flat. */
export function entryPrice(holding: Holding): Decimal {
  return isZero(holding.qty) ? ZERO : divide(holding.cost, holding.qty, ENTRY_PLACES, 'half-even');
}

const ENTRY_PLACES = 12;

/** The closed share of the cost. A whole close removes all of it exactly, because the cost itself has 8 decimals. */
function removedCost(holding: Holding, closedQty: Decimal): Decimal {
  return divide(holding.cost.times(closedQty), holding.qty.abs(), 8, 'half-even');
}

function closeAndReverse(holding: Holding, delta: Decimal, price: Decimal): HoldingChange {
  const close = applyFill(holding, ZERO.minus(holding.qty), price);
  const reversal = applyFill(close.holding, delta.plus(holding.qty), price);
  return { ...reversal, realised: close.realised, closedQty: close.closedQty };
}
