import type { ScheduledEvent } from 'firebase-functions/scheduler';
import type { EngineDeps } from '../app/engine-deps.ts';
import { startRun } from '../compose/start-run.ts';
import type { ScheduledJob } from '../schema/records/heartbeat.ts';
import { alertSinks, venueCredentials } from './params.ts';

/**
 * Runs one tick of a schedule. The scheduled time, not the time of arrival, names the tick: Scheduler delivers
 * duplicates, and both must be the same tick.
 */
export async function runScheduled(job: ScheduledJob, event: ScheduledEvent, useCase: (deps: EngineDeps, scheduledAt: number) => Promise<void>): Promise<void> {
  const at = Date.parse(event.scheduleTime);
  if (!Number.isFinite(at)) throw new Error(`schedule time ${JSON.stringify(event.scheduleTime)} is not a time; is the job a unix-cron schedule?`);
  const deps = await startRun(job, () => venueCredentials.value(), () => alertSinks.value());
  try {
    await useCase(deps, at - (at % 60_000));
  } finally {
    deps.costs.end();
  }
}
