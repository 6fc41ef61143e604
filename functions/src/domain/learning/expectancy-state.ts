/** The record `state/expectancy` of a window of trades. */
import type { Expectancy, ExpectancyState } from '../../schema/records/expectancy-state.ts';
import type { TradeTally } from '../../schema/records/learning-day.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { expectancyOf } from './expectancy.ts';
import type { TalliedTrades } from './learning-days.ts';

export function expectancyStateOf(window: TalliedTrades, rules: { readonly minSamples: number; readonly lookbackDays: number }, computedAt: EpochMs): ExpectancyState {
  const of = (tally: TradeTally): Expectancy => expectancyOf(tally, rules.minSamples);
  const each = (tallies: Readonly<Record<string, TradeTally>>): Record<string, Expectancy> =>
    Object.fromEntries(Object.entries(tallies).map(([key, tally]) => [key, of(tally)]));
  const overall = of(window.overall);
  const { samples, isWarmup, warmupReason, expectancyBps } = overall;
  return {
    summary: `${samples} trades in ${rules.lookbackDays} days and today: ${expectancyBps === null ? 'nothing to tell' : `${expectancyBps.toFixed(2)} bps net of notional`}${isWarmup ? ', warming up' : ''}`,
    samples,
    isWarmup,
    warmupReason,
    lookbackDays: rules.lookbackDays,
    overall,
    bySymbol: each(window.bySymbol),
    byStrategy: each(window.byStrategy),
    byHourUtc: each(window.byHourUtc),
    byRegime: each(window.byRegime),
    computedAt,
  };
}
