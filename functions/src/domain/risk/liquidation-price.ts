import { decimal, divide, isPositive } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import type { MarginTier } from '../market/margin-tiers.ts';
import type { PositionSide } from '../../schema/scalars.ts';

export interface LeveragedPosition {
  readonly positionSide: PositionSide;
  /** Base asset, positive. */
  readonly qty: Decimal;
  /** What `balance` counts it at: the sum of quantity times that price. */
  readonly cost: Decimal;
  /** What may be lost before liquidation: under cross margin the wallet with the profit of the other positions, isolated the position's own margin. */
  readonly balance: Decimal;
  /** Maintenance margin of the other positions that share the balance; zero when isolated. */
  readonly othersMaintenance: Decimal;
  readonly tier: Pick<MarginTier, 'ratio' | 'cum'>;
}

const ONE = decimal('1');
const PLACES = 8;

/**
 * The mark price at which the balance no longer covers the maintenance margin, other positions standing still; null when
 * no price would do that.
 *
 *   P = (balance - others' maintenance + cum - side x cost) / (qty x (ratio - side)), side +1 for a long, -1 for a short
 *
 * Source: Binance, "How to calculate the liquidation price of USD-M futures contracts", for one leg. Rounded toward the position.
 */
export function liquidationPrice({ positionSide, qty, cost, balance, othersMaintenance, tier }: LeveragedPosition): Decimal | null {
  const left = balance.minus(othersMaintenance).plus(tier.cum);
  if (positionSide === 'short') return divide(cost.plus(left), qty.times(ONE.plus(tier.ratio)), PLACES, 'down');
  const owed = cost.minus(left);
  return isPositive(owed) ? divide(owed, qty.times(ONE.minus(tier.ratio)), PLACES, 'up') : null;
}
