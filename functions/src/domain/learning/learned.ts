/**
 * What the screener may use of what was learned. Each part is there only with its flag, and only while its record is fresh;
 * the allocator's alone falls back to caution, because holding back is the safe reading of not knowing.
 */
import type { IntelConfig } from '../../schema/config/intel-config.ts';
import type { FeatureFlags } from '../../schema/feature-flags.ts';
import type { ExpectancyState } from '../../schema/records/expectancy-state.ts';
import type { RecordHealth } from '../../schema/records/learned-health.ts';
import type { RiskAllocation, RiskMode } from '../../schema/records/risk-allocation.ts';
import type { SymbolScores } from '../../schema/records/symbol-scores.ts';
import type { EpochMs } from '../../schema/scalars.ts';

const MINUTE_MS = 60_000;

export interface Learned {
  readonly expectancy: ExpectancyState | null;
  readonly scores: SymbolScores | null;
  /** Null while the allocator is off. */
  readonly allocation: AllocationReading | null;
}

export interface AllocationReading {
  readonly health: RecordHealth;
  readonly riskMode: RiskMode;
  readonly symbols: RiskAllocation['symbols'];
}

export const NOTHING_LEARNED: Learned = { expectancy: null, scores: null, allocation: null };

/** A record as the store gave it: null when there is none, `corrupt` when its schema refused it. */
export type Stored<T> = T | null | 'corrupt';

export interface StoredLearned {
  readonly expectancy: Stored<ExpectancyState>;
  readonly scores: Stored<SymbolScores>;
  readonly allocation: Stored<RiskAllocation>;
}

export function learnedFrom(stored: StoredLearned, flags: FeatureFlags, { maxAgeMinutes }: Pick<IntelConfig, 'maxAgeMinutes'>, asOf: EpochMs): Learned {
  const healthOf = (record: Stored<{ readonly computedAt: EpochMs }>): RecordHealth => recordHealth(record, maxAgeMinutes, asOf);
  const fresh = <T extends { readonly computedAt: EpochMs }>(record: Stored<T>): T | null =>
    record !== null && record !== 'corrupt' && healthOf(record) === 'fresh' ? record : null;
  return {
    expectancy: flags.intel ? fresh(stored.expectancy) : null,
    scores: flags.intel ? fresh(stored.scores) : null,
    allocation: flags.feedbackAllocator ? allocationReading(fresh(stored.allocation), healthOf(stored.allocation)) : null,
  };
}

/** Age counts in both directions of time: a record of the future is no fresher than one of the past. */
export function recordHealth(record: Stored<{ readonly computedAt: EpochMs }>, maxAgeMinutes: number, asOf: EpochMs): RecordHealth {
  if (record === null) return 'missing';
  if (record === 'corrupt') return 'corrupt';
  return Math.abs(asOf - record.computedAt) > maxAgeMinutes * MINUTE_MS ? 'stale' : 'fresh';
}

function allocationReading(fresh: RiskAllocation | null, health: RecordHealth): AllocationReading {
  return fresh === null ? { health, riskMode: 'cautious', symbols: {} } : { health, riskMode: fresh.riskMode, symbols: fresh.symbols };
}
