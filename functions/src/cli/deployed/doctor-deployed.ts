import type { Inspection } from '../../compose/start-inspection.ts';
import type { Environment } from '../../config/environment.ts';
import type { Answer } from '../answer.ts';
import { left, tableLines } from '../table.ts';
import { isoText } from '../time-text.ts';
import { accountChecks } from './account-checks.ts';
import { unknown } from './deployed-check.ts';
import type { DeployedCheck } from './deployed-check.ts';
import { readDeployed } from './read-deployed.ts';
import { readReports } from './read-reports.ts';
import { reportChecks } from './report-checks.ts';
import { runningChecks } from './running-checks.ts';
import { troubleChecks } from './trouble-checks.ts';

/** What no record of the engine can tell. */
const OUT_OF_SIGHT: readonly DeployedCheck[] = [
  unknown('rules and indexes', 'records do not tell which are deployed', 'npx firebase deploy --only firestore makes them those of this checkout; it changes nothing when they are'),
  unknown('alerting', 'records do not tell which policies exist', 'gcloud monitoring policies list; docs/deploy.md, "Alerts", creates them'),
];

/** `portcullis doctor --deployed`: one line a check, problems with what to do. Exit code 2 when there is one. */
export async function doctorDeployed(inspection: Inspection, place: string, environment: Environment): Promise<Answer> {
  const [deployed, reports] = await Promise.all([readDeployed(inspection), readReports(inspection)]);
  const { config } = inspection;
  const now = inspection.clock.now();
  const checks = [
    ...runningChecks(deployed, inspection, now),
    ...reportChecks(reports, { config, environment, now }),
    ...accountChecks(deployed, { config, environment, probe: reports.probe, now }),
    ...troubleChecks(reports, deployed.incidents, config, now),
    ...OUT_OF_SIGHT,
  ];
  return {
    json: { place, now, checks },
    lines: [`${place}, seen ${isoText(now)}`, '', ...checkLines(checks), ...todoLines(checks)],
    exitCode: checks.some(({ state }) => state === 'problem') ? 2 : 0,
  };
}

const WORDS = { ok: 'ok', problem: 'PROBLEM', unknown: 'unknown' } as const;

const checkLines = (checks: readonly DeployedCheck[]): readonly string[] => tableLines([left('state'), left('check'), left('found')], checks.map(({ check, state, found }) => [WORDS[state], check, found]));

function todoLines(checks: readonly DeployedCheck[]): readonly string[] {
  const todos = checks.flatMap(({ check, todo }) => (todo === null ? [] : [`  ${check}: ${todo}`]));
  return ['', 'to do', ...todos];
}
