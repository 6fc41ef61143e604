import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

export const scheduledJob = z.enum(['screen', 'sync', 'learn']);
export type ScheduledJob = z.infer<typeof scheduledJob>;

/** `heartbeats/{job}`: that a scheduled job still runs. Written by the job itself, when it ends otherwise than before or when the last one is `writtenEveryMinutes` old. */
export const heartbeat = z.strictObject({
  summary: z.string(),
  job: scheduledJob,
  outcome: z.enum(['ok', 'degraded', 'failed']),
  problems: z.array(z.string()),
  lastRunAt: epochMs,
  tookMs: z.int().nonnegative(),
  writtenEveryMinutes: z.int().positive(),
});
export type Heartbeat = z.infer<typeof heartbeat>;
export const HEARTBEATS = collection('heartbeats', 1, heartbeat);
