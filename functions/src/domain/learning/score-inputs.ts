/** What a symbol's score is made of, from stored days of trades, the router's record and NAV. */
import type { LearningDay } from '../../schema/records/learning-day.ts';
import type { RouterMetrics } from '../../schema/records/router-health.ts';
import type { ScoreInputs } from '../../schema/records/symbol-scores.ts';
import { expectancyOf } from './expectancy.ts';
import { NO_TRADES, netPnlUsd, returnDeviation, tallyOf } from './trade-tally.ts';

/** The newest quarter of the window is what the whole of it is compared with. */
const RECENT_SHARE = 0.25;

export interface ScoreSource {
  /** Of the window, oldest first. */
  readonly days: readonly LearningDay[];
  readonly today: string;
  readonly minSamples: number;
  /** Null while NAV is not known. */
  readonly navUsd: number | null;
}

export function scoreInputsOf(symbol: string, metrics: RouterMetrics | null, { days, today, minSamples, navUsd }: ScoreSource): ScoreInputs {
  const perDay = days.map((day) => day.bySymbol[symbol] ?? NO_TRADES);
  const whole = tallyOf(perDay);
  const recent = tallyOf(perDay.slice(-Math.ceil(perDay.length * RECENT_SHARE)));
  const todays = days.find(({ day }) => day === today)?.bySymbol[symbol] ?? NO_TRADES;
  const { expectancyBps, hitRate, sharpe, feeDrag } = expectancyOf(whole, minSamples);
  return {
    expectancyBps,
    hitRate,
    sharpe,
    ...routerInputs(metrics),
    feeDrag,
    volatilityRatio: recent.trades < minSamples * RECENT_SHARE ? null : ratioOf(returnDeviation(recent), returnDeviation(whole)),
    dayResultPct: navUsd === null || !(navUsd > 0) ? null : (netPnlUsd(todays) / navUsd) * 100,
  };
}

/** A router that is warming up says nothing. */
function routerInputs(metrics: RouterMetrics | null): Pick<ScoreInputs, 'makerShare' | 'fallbackRatio' | 'slippageP50Bps' | 'quality'> {
  if (metrics === null || metrics.isWarmup) return { makerShare: null, fallbackRatio: null, slippageP50Bps: null, quality: 'insufficient_data' };
  const { makerShare, fallbackRatio, slippageP50Bps, quality } = metrics;
  return { makerShare, fallbackRatio, slippageP50Bps, quality };
}

function ratioOf(recent: number | null, whole: number | null): number | null {
  return recent === null || whole === null || !(whole > 0) ? null : recent / whole;
}
