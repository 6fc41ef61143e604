import { explainedUsd } from '../account/unexplained.ts';
import type { Usd } from '../money/units.ts';
import { asUsd } from '../money/units.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { readDecimal, readPositive } from './read-decimal.ts';

export interface KnownNav {
  readonly kind: 'known';
  readonly navUsd: Usd;
  /** What falls are measured by: without money that no row of income explains yet. */
  readonly explainedUsd: Usd;
  readonly highWaterMarkUsd: Usd;
  readonly dayOpenNavUsd: Usd;
  /** May be negative. */
  readonly availableMarginUsd: Usd;
  /** Distance in time, so that a value from the future is no fresher than one from the past. */
  readonly ageSeconds: number;
  readonly isAnomaly: boolean;
}

export type NavReading =
  | KnownNav
  | { readonly kind: 'unavailable'; readonly cause: string }
  /** A figure that no account can have: the field of `state/nav` and what stood there. */
  | { readonly kind: 'unsound'; readonly field: string; readonly observed: string };

export function readNav(record: NavState | null, asOf: EpochMs): NavReading {
  if (record === null) return { kind: 'unavailable', cause: 'never read' };
  if (record.health === 'unavailable') return { kind: 'unavailable', cause: record.healthReason ?? 'last read failed' };
  const navUsd = readPositive(record.navUsd);
  if (navUsd === null) return unsound('navUsd', record.navUsd);
  const unexplainedUsd = readDecimal(record.unexplainedUsd);
  if (unexplainedUsd === null) return unsound('unexplainedUsd', record.unexplainedUsd);
  const highWaterMarkUsd = readPositive(record.highWaterMarkUsd);
  if (highWaterMarkUsd === null) return unsound('highWaterMarkUsd', record.highWaterMarkUsd);
  const dayOpenNavUsd = readPositive(record.dayOpenNavUsd);
  if (dayOpenNavUsd === null) return unsound('dayOpenNavUsd', record.dayOpenNavUsd);
  const availableMarginUsd = readDecimal(record.availableMarginUsd);
  if (availableMarginUsd === null) return unsound('availableMarginUsd', record.availableMarginUsd);
  return {
    kind: 'known',
    navUsd: asUsd(navUsd),
    explainedUsd: asUsd(explainedUsd(navUsd, unexplainedUsd)),
    highWaterMarkUsd: asUsd(highWaterMarkUsd),
    dayOpenNavUsd: asUsd(dayOpenNavUsd),
    availableMarginUsd: asUsd(availableMarginUsd),
    ageSeconds: Math.abs(asOf - record.valueAt) / 1000,
    isAnomaly: record.health === 'anomaly',
  };
}

function unsound(field: string, observed: string): NavReading {
  return { kind: 'unsound', field, observed };
}
