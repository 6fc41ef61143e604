import { ZERO, decimal, text } from '../../../functions/src/domain/money/decimal.ts';
import type { LeverageBracket } from '../../../functions/src/domain/matching/venue-instrument.ts';

/** Highest leverage, notional cap, maintenance ratio. */
export type BracketRow = readonly [leverage: number, cap: string, ratio: string];

/**
 * Builds the brackets and their `cum`, the amount that makes maintenance margin continuous where two brackets meet:
 * cum = cum before + floor x (ratio - ratio before), as Binance publishes it.
 */
export function leverageBrackets(rows: readonly BracketRow[]): readonly LeverageBracket[] {
  let [floor, ratioBefore, cum] = [ZERO, ZERO, ZERO];
  return rows.map(([initialLeverage, notionalCap, maintMarginRatio], i) => {
    const ratio = decimal(maintMarginRatio);
    cum = cum.plus(floor.times(ratio.minus(ratioBefore)));
    const bracket = {
      bracket: i + 1,
      initialLeverage,
      notionalFloor: text(floor),
      notionalCap,
      maintMarginRatio,
      cum: text(cum),
    };
    floor = decimal(notionalCap);
    ratioBefore = ratio;
    return bracket;
  });
}
