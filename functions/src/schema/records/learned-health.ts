import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

export const recordHealth = z.enum(['fresh', 'missing', 'stale', 'corrupt']);
export type RecordHealth = z.infer<typeof recordHealth>;

/** `state/learned_health`: how the screener found the allocator's record, written only when that changes. */
export const learnedHealth = z.strictObject({
  summary: z.string(),
  allocation: recordHealth,
  sinceAt: epochMs,
});
export type LearnedHealth = z.infer<typeof learnedHealth>;
export const LEARNED_HEALTH = collection('state', 1, learnedHealth);
export const LEARNED_HEALTH_ID = 'learned_health';
