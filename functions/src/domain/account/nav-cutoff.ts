/**
 * A cutoff of the NAV: what was before it counts for nothing any more. An operator sets one after a change that makes
 * older values meaningless, such as a new strategy or a repaired price.
 */
import type { Decimal } from '../money/decimal.ts';
import { decimal, max, text } from '../money/decimal.ts';
import type { NavHistoryDay } from '../../schema/records/nav-history.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { lossPct } from './nav.ts';
import { explainedUsd } from './unexplained.ts';

const MINUTE_MS = 60_000;

/** The cutoff that has yet to take effect on `nav`; null when there is none. */
export function pendingCutoff(nav: NavState | null, cutoffTime: string | null, asOf: EpochMs): EpochMs | null {
  if (nav === null || cutoffTime === null) return null;
  const cutoffAt = Date.parse(cutoffTime);
  return cutoffAt <= asOf && nav.markedSinceAt < cutoffAt ? cutoffAt : null;
}

/**
 * The NAV with a high-water mark made only of points at or after the cutoff, each moved by what was paid in or out
 * since. `days` are the history from the cutoff's day on; without a point in them the last NAV is the mark.
 */
export function cutMarks(nav: NavState, days: readonly NavHistoryDay[], cutoffAt: EpochMs): NavState {
  const leftUsd = explainedUsd(decimal(nav.navUsd), decimal(nav.unexplainedUsd));
  const peak = max(leftUsd, ...days.flatMap((day) => pointsSince(day, cutoffAt, decimal(nav.netTransfersUsd))));
  const drawdownPct = text(lossPct(peak, leftUsd));
  return { ...nav, highWaterMarkUsd: text(peak), drawdownPct, maxDrawdownPct: drawdownPct, markedSinceAt: cutoffAt };
}

function pointsSince(day: NavHistoryDay, cutoffAt: EpochMs, transfersNow: Decimal): readonly Decimal[] {
  const startAt = startOfDay(day.day);
  return day.minutes.flatMap((minute, index) => {
    const [nav, transfers] = [day.navUsd[index], day.netTransfersUsd[index]];
    if (startAt + minute * MINUTE_MS < cutoffAt || nav === undefined || transfers === undefined) return [];
    return [decimal(nav).minus(transfers).plus(transfersNow)];
  });
}

function startOfDay(day: string): EpochMs {
  return Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}T00:00:00Z`);
}
