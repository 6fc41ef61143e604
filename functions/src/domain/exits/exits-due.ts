/** Positions that config wants closed now by an order of ours: their time is up, or their stop can no longer rest. */
import { decimal, toStatistic } from '../money/decimal.ts';
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';
import type { SignalRecord } from '../../schema/records/verdict.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { WantedStop } from './wanted-stops.ts';

const MINUTE_MS = 60_000;

export interface DueExit {
  readonly exposure: OpenExposure;
  /** Since when it should be closed. */
  readonly dueAt: EpochMs;
  /** What is behind it, in the words of a signal; null for a position without a strategy. */
  readonly signal: SignalRecord | null;
  /** A stop was to have closed it: it must not wait for a better price. */
  readonly isUrgent: boolean;
}

export function timeStopOf(exposure: OpenExposure, strategies: readonly StrategyConfig[], now: EpochMs): DueExit | null {
  const strategy = strategies.find(({ name }) => name === exposure.strategy);
  const limit = strategy?.exit.maxHoldMinutes ?? null;
  if (strategy === undefined || limit === null) return null;
  const dueAt = exposure.openedAt + limit * MINUTE_MS;
  if (now < dueAt) return null;
  const value = (now - exposure.openedAt) / MINUTE_MS;
  return { exposure, dueAt, signal: signalOf(strategy, dueAt, 'heldMinutes', value, limit), isUrgent: false };
}

/** For a stop that the venue refused because the mark price is beyond its trigger already. */
export function passedStopOf(exposure: OpenExposure, stop: WantedStop, strategies: readonly StrategyConfig[]): DueExit {
  const strategy = strategies.find(({ name }) => name === exposure.strategy);
  const [mark, trigger] = [toStatistic(decimal(exposure.markPrice)), toStatistic(stop.triggerPrice)];
  const signal = strategy === undefined ? null : signalOf(strategy, exposure.openedAt, stop.kind, mark, trigger);
  return { exposure, dueAt: exposure.openedAt, signal, isUrgent: true };
}

function signalOf({ name, timeframe }: StrategyConfig, at: EpochMs, indicator: string, value: number, threshold: number): SignalRecord {
  return { strategy: name, timeframe, candleCloseAt: at, action: 'exit', indicator, value, threshold };
}
