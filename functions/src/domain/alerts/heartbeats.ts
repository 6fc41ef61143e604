/** Which scheduled jobs no longer run. A schedule that keeps to some hours of the day has gaps on purpose and is not watched. */
import { longestGapMinutes } from '../../schema/config/unix-cron.ts';
import type { RuntimeConfig } from '../../schema/config/runtime-config.ts';
import type { Heartbeat, ScheduledJob } from '../../schema/records/heartbeat.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { condition } from './condition.ts';
import type { Condition } from './condition.ts';

const MINUTE_MS = 60_000;
/** How old a heartbeat may be before a job that runs writes it again. */
export const HEARTBEAT_MINUTES = 5;
/** Two runs may fail or be late. */
const MISSED_RUNS = 3;

/** Null for a job that is not watched. */
export function longestSilenceMs(job: ScheduledJob, { schedules }: Pick<RuntimeConfig, 'schedules'>): number | null {
  const gapMinutes = longestGapMinutes(schedules[job]);
  return gapMinutes === null ? null : (Math.max(HEARTBEAT_MINUTES, gapMinutes) + MISSED_RUNS * gapMinutes) * MINUTE_MS;
}

/** `sinceAt`: from when the job should have run, for one that never has. */
export function lostHeartbeat(job: ScheduledJob, last: Heartbeat | null, sinceAt: EpochMs, rules: Pick<RuntimeConfig, 'schedules'>, now: EpochMs): Condition | null {
  const silenceMs = longestSilenceMs(job, rules);
  const lastAt = last === null ? sinceAt : last.lastRunAt;
  if (silenceMs === null || now - lastAt <= silenceMs) return null;
  const minutes = Math.floor((now - lastAt) / MINUTE_MS);
  const detail = last === null ? `${job} has never run, ${minutes} minutes after it should have` : `${job} has not run for ${minutes} minutes; at most ${silenceMs / MINUTE_MS} are expected`;
  return condition('heartbeatLost', job, detail);
}

export function heartbeatOf(job: ScheduledJob, outcome: Heartbeat['outcome'], problems: readonly string[], startedAt: EpochMs, finishedAt: EpochMs): Heartbeat {
  const trouble = problems.length === 0 ? '' : `: ${problems.join('; ')}`;
  return { summary: `${job} ran, ${outcome}${trouble}`, job, outcome, problems: [...problems], lastRunAt: startedAt, tookMs: finishedAt - startedAt, writtenEveryMinutes: HEARTBEAT_MINUTES };
}

/** Whether a job that has just run has to say so. */
export function isHeartbeatDue(last: Heartbeat | null, next: Heartbeat): boolean {
  return last === null || last.outcome !== next.outcome || next.lastRunAt - last.lastRunAt >= HEARTBEAT_MINUTES * MINUTE_MS;
}
