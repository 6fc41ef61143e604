/**
 * What a trade may be expected to bring, from the net results of those that have ended (ancestor 8.2). Expectancy is the
 * mean: break-even trades count, so that +10, -4, -6 and 0 come to 0 and not to -1.25.
 */
import type { Expectancy } from '../../schema/records/expectancy-state.ts';
import type { TradeTally } from '../../schema/records/learning-day.ts';
import { netPnlUsd, returnDeviation } from './trade-tally.ts';
import { warmupOf } from './warmup.ts';

const BPS = 10_000;

export function expectancyOf(tally: TradeTally, minSamples: number): Expectancy {
  const { trades, wins, losses, notionalUsd, maxDrawdownUsd, feesUsd, fundingUsd } = tally;
  const netUsd = netPnlUsd(tally);
  const expectancyUsd = per(netUsd, trades);
  const averageLossUsd = per(tally.lostUsd, losses);
  const bps = per(netUsd, notionalUsd);
  return {
    ...warmupOf(trades, minSamples),
    hitRate: per(wins, trades),
    expectancyUsd,
    expectancyBps: bps === null ? null : bps * BPS,
    averageWinUsd: per(tally.wonUsd, wins),
    averageLossUsd,
    expectancyPerRisk: expectancyUsd === null || averageLossUsd === null ? null : expectancyUsd / Math.abs(averageLossUsd),
    maxDrawdownUsd,
    drawdownAdjustedUsd: expectancyUsd === null ? null : expectancyUsd - maxDrawdownUsd / trades,
    sharpe: sharpeOf(tally),
    feeDrag: per(Math.abs(feesUsd), Math.abs(tally.grossPnlUsd)),
    netPnlUsd: netUsd,
    feesUsd,
    fundingUsd,
    notionalUsd,
  };
}

/** Mean over deviation of returns per trade, not annualised; null where they do not deviate. */
function sharpeOf(tally: TradeTally): number | null {
  const deviation = returnDeviation(tally);
  return deviation === null ? null : per(tally.meanReturn, deviation);
}

/** Null where there is nothing to divide by, or too little for the quotient to be a number. */
function per(amount: number, of: number): number | null {
  if (!(of > 0)) return null;
  const quotient = amount / of;
  return Number.isFinite(quotient) ? quotient : null;
}
