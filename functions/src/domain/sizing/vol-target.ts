import { decimal, decimalOfStatistic, divide, isPositive } from '../money/decimal.ts';
import type { Price, Usd } from '../money/units.ts';
import { asNotional } from '../money/units.ts';
import type { Notional } from '../money/units.ts';

/** A weak signal still trades a quarter of the target. */
const LEAST_STRENGTH = 0.25;
const STATISTIC_PLACES = 12;
const CENTS = 2;
const BPS_PER_ONE = decimal('10000');

/**
 * Notional at which a move of one ATR costs `volTargetBps` of NAV, scaled by the signal's strength:
 * nav * (volTargetBps / 10000) / (atr / price) * max(strength, 0.25), rounded down to cents. ATR and strength enter as
 * decimals of 12 places, so equal inputs give equal money on any machine. Null when either is unknown.
 */
export function volTargetNotional(navUsd: Usd, price: Price, atr: number | null, strength: number, volTargetBps: number): Notional | null {
  if (atr === null || !Number.isFinite(atr) || !Number.isFinite(strength)) return null;
  const exactAtr = decimalOfStatistic(atr, STATISTIC_PLACES);
  if (!isPositive(exactAtr)) return null;
  const multiplier = decimalOfStatistic(Math.max(strength, LEAST_STRENGTH), STATISTIC_PLACES);
  const target = navUsd.times(decimal(String(volTargetBps))).times(multiplier).times(price);
  return asNotional(divide(target, exactAtr.times(BPS_PER_ONE), CENTS, 'down'));
}
