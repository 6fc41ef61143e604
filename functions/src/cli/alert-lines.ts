/** Alerts and incidents as people read them: what is wrong, since when, what to do, and who is at it. */
import type { Alerts, ListedAlert, ListedIncident } from '../app/inspect/read-alerts.ts';
import { ALERT_DEFINITIONS, KIND_OF_INCIDENT } from '../domain/alerts/alert-kind.ts';
import type { Acknowledgement } from '../schema/records/acknowledgement.ts';
import type { EpochMs } from '../schema/scalars.ts';
import { left, right, section, tableLines } from './table.ts';
import { ageText, isoText, spanText, timeText } from './time-text.ts';

export function alertsLines({ now, open, closed, incidents }: Alerts, place: string): readonly string[] {
  return [
    `${place}, seen ${isoText(now)}`,
    ...openLines(open, incidents, now),
    ...(closed === null ? [] : section('alerts that are over', closedLines(closed, now), 'none')),
  ];
}

export function openLines(alerts: readonly ListedAlert[], incidents: readonly ListedIncident[], now: EpochMs): readonly string[] {
  return [
    ...section('open alerts', alertLines(ownAlerts(alerts, incidents), now), incidents.length === 0 ? 'none' : 'none besides the incidents'),
    ...section('open incidents', incidentLines(incidents, now), 'none'),
  ];
}

/** Without those about a listed incident, which says the same in its own words. */
export const ownAlerts = (alerts: readonly ListedAlert[], incidents: readonly ListedIncident[]): readonly ListedAlert[] => alerts.filter(({ subject }) => !incidents.some(({ id }) => id === subject));

function alertLines(alerts: readonly ListedAlert[], now: EpochMs): readonly string[] {
  return alerts.flatMap(({ id, kind, severity, detail, action, raisedAt, reopened, acknowledgement }) => [
    `${severity.toUpperCase()} ${kind}: ${detail}`,
    `  since ${timeText(raisedAt, now)}${reopened === 0 ? '' : `, came back ${reopened === 1 ? 'once' : `${reopened} times`}`}`,
    `  ${action}`,
    `  ${seenText(id, acknowledgement, now)}`,
  ]);
}

function incidentLines(incidents: readonly ListedIncident[], now: EpochMs): readonly string[] {
  return incidents.flatMap(({ id, kind, summary, action, openedAt, lastSeenAt, seen, acknowledgement }) => [
    `${ALERT_DEFINITIONS[KIND_OF_INCIDENT[kind]].severity.toUpperCase()} ${kind}: ${summary}`,
    `  seen ${seen === 1 ? 'once' : `${seen} times`} since ${timeText(openedAt, now)}, last ${ageText(lastSeenAt, now)}`,
    `  ${action}`,
    `  ${seenText(id, acknowledgement, now)}`,
  ]);
}

function seenText(id: string, acknowledgement: Acknowledgement | null, now: EpochMs): string {
  if (acknowledgement === null) return `nobody has said to have seen it: portcullis ack-alert ${id} --reason "..."`;
  const { actor, note, at } = acknowledgement;
  return `seen by ${actor}, ${timeText(at, now)}: ${note}`;
}

function closedLines(closed: readonly ListedAlert[], now: EpochMs): readonly string[] {
  if (closed.length === 0) return [];
  return tableLines(
    [left('severity'), left('alert'), left('raised'), right('lasted'), left('what'), left('seen by')],
    closed.map(({ severity, kind, raisedAt, resolvedAt, detail, acknowledgement }) => [
      severity, kind, timeText(raisedAt, now), resolvedAt === null ? '-' : spanText(resolvedAt - raisedAt), detail, acknowledgement === null ? '-' : acknowledgement.actor,
    ]),
  );
}
