/** What the screener reads of learning: nothing at all while the flags are off. */
import { learnedFrom } from '../../domain/learning/learned.ts';
import type { Learned } from '../../domain/learning/learned.ts';
import { EXPECTANCY_STATE, EXPECTANCY_STATE_ID } from '../../schema/records/expectancy-state.ts';
import { LEARNED_HEALTH, LEARNED_HEALTH_ID } from '../../schema/records/learned-health.ts';
import type { LearnedHealth } from '../../schema/records/learned-health.ts';
import { RISK_ALLOCATION, RISK_ALLOCATION_ID } from '../../schema/records/risk-allocation.ts';
import { SYMBOL_SCORES, SYMBOL_SCORES_ID } from '../../schema/records/symbol-scores.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { readStored } from '../read-stored.ts';

export interface LearnedReading {
  readonly learned: Learned;
  /** To be written with the tick: the allocator's record has turned since a tick last looked. Null while it has not. */
  readonly turned: LearnedHealth | null;
}

export async function readLearned({ store, flags, config: { intel } }: Pick<EngineDeps, 'store' | 'flags' | 'config'>, now: EpochMs): Promise<LearnedReading> {
  const none = Promise.resolve(null);
  const [expectancy, scores, allocation, health] = await Promise.all([
    flags.intel ? readStored(store, EXPECTANCY_STATE, EXPECTANCY_STATE_ID) : none,
    flags.intel ? readStored(store, SYMBOL_SCORES, SYMBOL_SCORES_ID) : none,
    flags.feedbackAllocator ? readStored(store, RISK_ALLOCATION, RISK_ALLOCATION_ID) : none,
    flags.feedbackAllocator ? readStored(store, LEARNED_HEALTH, LEARNED_HEALTH_ID) : none,
  ]);
  const learned = learnedFrom({ expectancy, scores, allocation }, flags, intel, now);
  return { learned, turned: turnedOf(learned, health === 'corrupt' ? null : health, now) };
}

function turnedOf({ allocation }: Learned, before: LearnedHealth | null, now: EpochMs): LearnedHealth | null {
  if (allocation === null || before?.allocation === allocation.health) return null;
  return { summary: `state/risk_allocation is ${allocation.health}: sizes follow risk mode ${allocation.riskMode}`, allocation: allocation.health, sinceAt: now };
}
