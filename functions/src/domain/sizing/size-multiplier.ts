/** Learned factors of a suggested size, each with what it did. */
import { decimalOfStatistic, round, text } from '../money/decimal.ts';
import { asNotional } from '../money/units.ts';
import type { Notional } from '../money/units.ts';
import type { MultiplierRecord } from '../../schema/records/verdict.ts';

const STATISTIC_PLACES = 12;
const CENTS = 2;

export interface SizeMultiplier {
  readonly name: string;
  /** Above zero, and bounded by config already. */
  readonly factor: number;
  /** Trades behind it. */
  readonly samples: number;
  /** The record it comes from, and how it was read. */
  readonly source: string;
  readonly configPath: string;
}

export interface Suggested {
  /** By volatility alone. */
  readonly targetUsd: Notional;
  readonly usd: Notional;
  readonly multipliers: MultiplierRecord[];
}

/** The target times each factor in turn, rounded down to cents. */
export function multiplied(targetUsd: Notional, multipliers: readonly SizeMultiplier[]): Suggested {
  let usd = targetUsd;
  const records = multipliers.map((multiplier): MultiplierRecord => {
    const beforeUsd = text(usd);
    usd = asNotional(round(usd.times(decimalOfStatistic(multiplier.factor, STATISTIC_PLACES)), CENTS, 'down'));
    return { ...multiplier, beforeUsd, afterUsd: text(usd) };
  });
  return { targetUsd, usd, multipliers: records };
}
