/** Whether the engine says that it is well: its heartbeats, which engine it is, and whether its reports get through. */
import { faultLines } from '../../app/report/artifacts.ts';
import type { Environment } from '../../config/environment.ts';
import { longestSilenceMs } from '../../domain/alerts/heartbeats.ts';
import { flagsText } from '../../schema/feature-flags.ts';
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { RuntimeProbe } from '../../schema/records/runtime-probe.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { spanText, timeText } from '../time-text.ts';
import { ok, problem } from './deployed-check.ts';
import type { DeployedCheck } from './deployed-check.ts';
import { SCHEDULED_JOBS } from './due-time.ts';
import type { ScheduledJob } from './due-time.ts';
import type { Reports } from './read-reports.ts';

const MINUTE_MS = 60_000;
/** One report may fail or be late. */
const MISSED_REPORTS = 2;

export interface Here {
  readonly config: EngineConfig;
  readonly environment: Environment;
  readonly now: EpochMs;
}

export function reportChecks(reports: Reports, here: Here): readonly DeployedCheck[] {
  return [...SCHEDULED_JOBS.map((job) => heartbeatCheck(job, reports, here)), probeCheck(reports, here), variablesCheck(reports, here), telemetryCheck(reports, here.now)];
}

function heartbeatCheck(job: ScheduledJob, { heartbeats }: Reports, { config, now }: Here): DeployedCheck {
  const check = `heartbeat ${job}`;
  const beat = heartbeats[job];
  const logs = `npx firebase functions:log --only ${job} says how its runs end; docs/alerts.md, "heartbeatLost"`;
  if (beat === null) return problem(check, 'none yet: no run has ever come to its end', logs);
  const silenceMs = longestSilenceMs(job, config.runtime);
  const ran = `ran ${timeText(beat.lastRunAt, now)}, told every ${beat.writtenEveryMinutes} min`;
  if (silenceMs !== null && now - beat.lastRunAt > silenceMs) return problem(check, `${ran}, allowed are ${spanText(silenceMs)}`, logs);
  if (beat.outcome === 'ok') return ok(check, ran);
  return problem(check, `${ran}, ${beat.outcome}: ${beat.problems.join('; ') || 'no reason given'}`, beat.outcome === 'failed' ? logs : 'docs/operator-guide.md, "Problems of a tick", says what each means');
}

function probeCheck({ probe }: Reports, { now }: Here): DeployedCheck {
  const check = 'runtime probe';
  if (probe === null) return problem(check, 'none: no sync has told which engine runs', 'see heartbeat sync');
  const maxAgeMs = MISSED_REPORTS * probe.writtenEveryMinutes * MINUTE_MS;
  const told = `told ${timeText(probe.probedAt, now)}`;
  if (now - probe.probedAt > maxAgeMs) return problem(check, `${told}, allowed are ${spanText(maxAgeMs)}`, 'see heartbeat sync and telemetry');
  return ok(check, `${probe.venue} from ${probe.region}, Node ${probe.nodeVersion}, flags ${flagsText(probe.featureFlags)}, ${told}`);
}

/** What was deployed against what would be. */
function variablesCheck({ probe }: Reports, { environment }: Here): DeployedCheck {
  const check = 'variables';
  if (probe === null) return problem(check, 'not told', 'see runtime probe');
  const other = differences(probe, environment);
  if (other.length === 0) return ok(check, 'the same as here');
  return problem(check, other.join('; '), 'functions/.env.<project> of this checkout is not what is deployed: npm run deploy:check and deploy, or take back the change');
}

function differences(probe: RuntimeProbe, here: Environment): readonly string[] {
  const pairs: readonly (readonly [string, string, string])[] = [
    ['TRADING_ENV', probe.tradingEnv, here.tradingEnv],
    ['REGION', probe.region, here.region],
    ['flags', flagsText(probe.featureFlags), flagsText(here.flags)],
    ['ALLOW_PROD_WRITE', String(probe.allowProdWrite), String(here.allowProdWrite)],
    ['ALLOW_PROD_SYNC', String(probe.allowProdSync), String(here.allowProdSync)],
    ...(here.projectId === null || probe.projectId === null ? [] : [['project', probe.projectId, here.projectId] as const]),
  ];
  return pairs.flatMap(([name, there, own]) => (there === own ? [] : [`${name} is ${there} there, ${own} here`]));
}

function telemetryCheck({ telemetry, probe }: Reports, now: EpochMs): DeployedCheck {
  const check = 'reports';
  if (telemetry === null) return problem(check, 'none has ever been written', 'see heartbeat sync');
  const faults = faultLines(telemetry);
  if (faults.length > 0) return problem(check, faults.join('; '), 'the log of sync names the cause; trading is not affected, but what state/* shows is old');
  const newest = Math.max(...Object.values(telemetry.artifacts).map(({ writtenAt }) => writtenAt), probe?.probedAt ?? telemetry.sinceAt);
  return ok(check, `all written, the newest ${timeText(newest, now)}`);
}
