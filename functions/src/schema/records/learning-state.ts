import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';
import { refusalsOfTick } from './screen-state.ts';

/** `state/learning`: how far learn has read, written by it alone. */
export const learningState = z.strictObject({
  summary: z.string(),
  /** Changes of trades up to here are in the days, or their days are pending; null before the first read. */
  readUntilAt: epochMs.nullable(),
  /** Days, yyyymmdd, whose trades have changed since they were last summed up. */
  pendingDays: z.array(z.string()),
  /** Entries refused where screen does not see it, by execute and ingest, within the window in which a storm of them is told. */
  refusals: z.array(refusalsOfTick).default([]),
  computedAt: epochMs,
});
export type LearningState = z.infer<typeof learningState>;
export const LEARNING_STATE = collection('state', 1, learningState);
export const LEARNING_STATE_ID = 'learning';
