/** Whether the deployed code runs, on time, and is the one that this checkout would deploy. */
import type { Inspection } from '../../compose/start-inspection.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { timeText } from '../time-text.ts';
import { ok, problem } from './deployed-check.ts';
import type { DeployedCheck } from './deployed-check.ts';
import { SCHEDULED_JOBS, lastDueAt } from './due-time.ts';
import type { ScheduledJob } from './due-time.ts';
import type { Deployed } from './read-deployed.ts';

/** A run begins within a minute of its time and ends within two; a cold start and a retry fit too. */
const GRACE_MS = 3 * 60_000;

export type Local = Pick<Inspection, 'engineVersion' | 'configHash' | 'config'>;

export function runningChecks(deployed: Deployed, local: Local, now: EpochMs): readonly DeployedCheck[] {
  return [...SCHEDULED_JOBS.map((job) => scheduleCheck(job, deployed, local.config.runtime.schedules[job], now)), versionCheck(deployed, local), configCheck(deployed, local)];
}

function scheduleCheck(job: ScheduledJob, { lastTicks, ticksSinceAt }: Deployed, cron: string, now: EpochMs): DeployedCheck {
  const check = `schedule ${job}`;
  const tick = lastTicks[job];
  const dueAt = lastDueAt(cron, now - GRACE_MS);
  const enable = `look at the job firebase-schedule-${job}-* in Cloud Scheduler and at npx firebase functions:log --only ${job}; deploy again when it is missing`;
  if (dueAt === null) return ok(check, `${cron} has not been due for a week`);
  if (tick === null) {
    if (ticksSinceAt !== null && dueAt < ticksSinceAt) return ok(check, `${cron} was last due ${timeText(dueAt, now)}, before the ticks that were looked at`);
    return problem(check, 'has never run', enable);
  }
  if (tick.scheduledAt < dueAt) return problem(check, `last run ${timeText(tick.scheduledAt, now)}, due ${timeText(dueAt, now)} by ${cron}`, enable);
  if (tick.outcome === 'degraded') return problem(check, `last run ${timeText(tick.scheduledAt, now)} was degraded: ${tick.problems.join('; ')}`, 'npx portcullis status shows whether it repeats; docs/operator-guide.md says what each problem means');
  return ok(check, `last run ${timeText(tick.scheduledAt, now)}: ${tick.summary}`);
}

function versionCheck({ writtenBy }: Deployed, { engineVersion }: Local): DeployedCheck {
  const check = 'engine version';
  if (writtenBy === null) return problem(check, 'nothing has been written yet', 'wait two minutes after a first deploy; then see the schedules');
  if (writtenBy.engineVersion === engineVersion) return ok(check, engineVersion);
  return problem(check, `${writtenBy.engineVersion} is deployed, this is ${engineVersion}`, 'deploy this checkout, or check out what is deployed');
}

function configCheck({ writtenBy }: Deployed, { configHash }: Local): DeployedCheck {
  const check = 'settings';
  if (writtenBy === null) return problem(check, 'nothing has been written yet', 'wait two minutes after a first deploy; then see the schedules');
  if (writtenBy.configHash === configHash) return ok(check, `the same as here, ${configHash}`);
  return problem(check, `${writtenBy.configHash} is deployed, ${configHash} is here: files in config/ differ`, 'npm run deploy:check and deploy, or take back the change');
}
