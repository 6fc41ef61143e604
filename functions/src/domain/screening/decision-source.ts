import type { IntelConfig } from '../../schema/config/intel-config.ts';
import type { Learned } from '../learning/learned.ts';
import type { SnapshotSource } from '../risk/build-snapshot.ts';

/** What was learned, and how far it may reach: nothing while the flags are off. */
export interface LearnedRules {
  readonly learned: Learned;
  readonly intel: IntelConfig;
}

/** What was known when a decision was taken. */
export interface DecisionSource extends SnapshotSource {
  /** Null where nothing is learned. */
  readonly rules: LearnedRules | null;
}
