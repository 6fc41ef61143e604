import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/** `state/learning`: how far learn has read, written by it alone. */
export const learningState = z.strictObject({
  summary: z.string(),
  /** Changes of trades up to here are in the days, or their days are pending; null before the first read. */
  readUntilAt: epochMs.nullable(),
  /** Days, yyyymmdd, whose trades have changed since they were last summed up. */
  pendingDays: z.array(z.string()),
  computedAt: epochMs,
});
export type LearningState = z.infer<typeof learningState>;
export const LEARNING_STATE = collection('state', 1, learningState);
export const LEARNING_STATE_ID = 'learning';
