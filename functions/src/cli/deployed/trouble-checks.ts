/** What keeps entries out or somebody awake: the error circuit, the venue's request budget, open alerts and their delivery. */
import { ownAlerts } from '../alert-lines.ts';
import type { ListedAlert, ListedIncident } from '../../app/inspect/read-alerts.ts';
import { countWithin } from '../../domain/risk/risk-windows.ts';
import { isReached } from '../../domain/telemetry/venue-probe-of.ts';
import type { EngineConfig } from '../../schema/config/engine-config.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { requestBudgetText } from '../request-budget.ts';
import { timeText } from '../time-text.ts';
import { TODO } from '../probe-venue.ts';
import { ok, problem, unknown } from './deployed-check.ts';
import type { DeployedCheck } from './deployed-check.ts';
import type { Reports } from './read-reports.ts';

export function troubleChecks(reports: Reports, incidents: readonly ListedIncident[], config: EngineConfig, now: EpochMs): readonly DeployedCheck[] {
  return [reachCheck(reports, now), circuitCheck(reports, config, now), budgetCheck(reports, now), ...incidentChecks(incidents, now), ...alertChecks(reports, incidents, now), ...deliveryCheck(reports)];
}

/** As it was when somebody last asked: a venue that has failed since is told by alerts. */
function reachCheck({ venueProbe }: Reports, now: EpochMs): DeployedCheck {
  const check = 'venue';
  const ask = 'npx portcullis probe asks every part of it from where the engine runs';
  if (venueProbe === null) return unknown(check, 'nobody has asked which parts of it answer', ask);
  const { summary, askedFrom, parts, probedAt } = venueProbe;
  const found = `${summary}, asked from ${askedFrom} ${timeText(probedAt, now)}`;
  if (parts.every(({ reach }) => isReached(reach))) return ok(check, found);
  const first = parts.find(({ reach }) => !isReached(reach));
  return problem(check, found, `${first === undefined ? '' : TODO[first.reach] ?? ''} Then ask again: npx portcullis probe`);
}

function circuitCheck({ risk }: Reports, { risk: { errorCircuit } }: EngineConfig, now: EpochMs): DeployedCheck {
  const check = 'error circuit';
  const { maxErrors, windowSeconds } = errorCircuit;
  const errors = risk === null ? 0 : countWithin(risk.errorsAt, now, windowSeconds * 1000);
  const found = `${errors} of ${maxErrors} venue errors within ${windowSeconds} s`;
  if (errors < maxErrors) return ok(check, `closed, ${found}`);
  return problem(check, `OPEN, ${found}: entries are refused`, 'npx portcullis orders and the latest orders/* say what the venue refused; it closes by itself as errors grow old');
}

function budgetCheck({ requestBudget }: Reports, now: EpochMs): DeployedCheck {
  const check = 'request budget';
  const { record, usedPct, entriesMaxPct } = requestBudget;
  const found = requestBudgetText(requestBudget, now);
  if (record?.bannedUntil !== undefined && record.bannedUntil !== null && now < record.bannedUntil) return problem(check, found, 'the engine waits by itself; find what else calls the venue from this address or with this key');
  if (usedPct > entriesMaxPct) return problem(check, `${found}: beyond ${entriesMaxPct} % the rest is kept for exits`, 'nothing for a minute; if it stays so, find what else calls the venue from this address');
  return ok(check, found);
}

function incidentChecks(incidents: readonly ListedIncident[], now: EpochMs): readonly DeployedCheck[] {
  if (incidents.length === 0) return [ok('incidents', 'none open')];
  return incidents.map(({ id, kind, summary, openedAt, action, acknowledgement }) => problem(`incident ${kind}`, `${summary}, since ${timeText(openedAt, now)}`, actionText(id, action, acknowledgement)));
}

function alertChecks({ alerts }: Reports, incidents: readonly ListedIncident[], now: EpochMs): readonly DeployedCheck[] {
  const own = ownAlerts(alerts, incidents);
  if (own.length === 0) return [ok('alerts', incidents.length === 0 ? 'none open' : 'none open besides those about the incidents')];
  return own.map(({ id, kind, severity, detail, raisedAt, action, acknowledgement }) => problem(`alert ${kind}`, `${severity}: ${detail}, since ${timeText(raisedAt, now)}`, actionText(id, action, acknowledgement)));
}

function actionText(id: string, action: string, acknowledgement: ListedAlert['acknowledgement']): string {
  return acknowledgement === null ? `${action} Then, or to be called no more: npx portcullis ack-alert ${id}` : `${action} Seen by ${acknowledgement.actor}: ${acknowledgement.note}`;
}

/** Only what waits: what was given up long ago says nothing about now. */
function deliveryCheck({ alertHead }: Reports): readonly DeployedCheck[] {
  const waiting = alertHead === null ? 0 : Object.keys(alertHead.undeliveredAt).length;
  const last = alertHead?.failedDeliveries.at(-1);
  if (waiting === 0 && last === undefined) return [];
  const check = 'alert sinks';
  const givenUp = last === undefined ? '' : `; last given up: ${last}`;
  if (waiting === 0) return [ok(check, `nothing waits to be told${givenUp}`)];
  return [problem(check, `${waiting === 1 ? '1 alert waits' : `${waiting} alerts wait`} to be told${givenUp}`, 'npx portcullis alerts shows them; see the secret ALERT_SINKS and the log of sync for what the sink answers')];
}
