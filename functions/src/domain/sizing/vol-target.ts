import type { Decimal } from '../money/decimal.ts';
import { decimalOfStatistic, round, toStatistic } from '../money/decimal.ts';
import type { Price, Usd } from '../money/units.ts';
import { asNotional } from '../money/units.ts';
import type { Notional } from '../money/units.ts';

/** A weak signal still trades a quarter of the target. */
const LEAST_STRENGTH = 0.25;
const FACTOR_PLACES = 12;
const CENTS = 2;

/**
 * Notional at which a move of one ATR costs `volTargetBps` of NAV, scaled by the signal's strength:
 * nav * (volTargetBps / 10000) / (atr / price) * max(strength, 0.25), rounded down to cents. The statistics make a plain
 * factor; only the product is money, and every cap still follows. Null when volatility or strength is unknown.
 */
export function volTargetNotional(navUsd: Usd, price: Price, atr: number | null, strength: number, volTargetBps: number): Notional | null {
  if (atr === null || !(atr > 0) || !Number.isFinite(strength)) return null;
  const atrShare = atr / toStatistic(price);
  const factor = (volTargetBps / 10_000 / atrShare) * Math.max(strength, LEAST_STRENGTH);
  if (!Number.isFinite(factor)) return null;
  const raw: Decimal = navUsd.times(decimalOfStatistic(factor, FACTOR_PLACES));
  return asNotional(round(raw, CENTS, 'down'));
}
