import { firesAt } from '../../schema/config/unix-cron.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export const SCHEDULED_JOBS = ['screen', 'sync', 'learn'] as const;
export type ScheduledJob = (typeof SCHEDULED_JOBS)[number];

const MINUTE_MS = 60_000;
const WEEK_MINUTES = 7 * 24 * 60;

/** The latest minute at or before `at` in which a schedule fired; null when it was not within a week. */
export function lastDueAt(cron: string, at: EpochMs): EpochMs | null {
  const newest = at - (at % MINUTE_MS);
  for (let minutes = 0; minutes < WEEK_MINUTES; minutes += 1) {
    if (firesAt(cron, newest - minutes * MINUTE_MS)) return newest - minutes * MINUTE_MS;
  }
  return null;
}
