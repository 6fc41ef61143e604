/** What is or was wrong with the account, and who has seen it. */
import { KIND_OF_INCIDENT } from '../../domain/alerts/alert-kind.ts';
import type { Store } from '../../ports/store.ts';
import { ALERTS, ALERT_HEAD, ALERT_HEAD_ID, alertKind } from '../../schema/records/alert.ts';
import type { AlertKind, AlertRecord, AlertSeverity } from '../../schema/records/alert.ts';
import type { IncidentRecord } from '../../schema/records/incident.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../schema/records/nav-state.ts';
import { TELEMETRY_STATE, TELEMETRY_STATE_ID } from '../../schema/records/telemetry.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { MOST_OF_OTHERS, MOST_OF_OURS, OF_OTHERS, findOpenIncidents } from '../open-incidents.ts';
import type { Inspected } from './inspected.ts';
import { withAcknowledgements } from './with-acknowledgements.ts';
import type { Acknowledged } from './with-acknowledgements.ts';

/** Of those that are over. */
const MOST_CLOSED = 100;

/** Told apart as their incidents are. */
const ABOUT_OTHERS: readonly AlertKind[] = [...new Set(OF_OTHERS.map((kind) => KIND_OF_INCIDENT[kind]))];
const ABOUT_OURS = alertKind.options.filter((kind) => !ABOUT_OTHERS.includes(kind));

export interface ListedAlert extends Acknowledged, Pick<AlertRecord, 'kind' | 'severity' | 'subject' | 'detail' | 'action' | 'raisedAt' | 'resolvedAt' | 'reopened'> {
  readonly id: string;
}

export interface ListedIncident extends Acknowledged, IncidentRecord {
  readonly id: string;
}

export interface Alerts {
  readonly now: EpochMs;
  /** Open ones, the gravest first; among equals the newest first. */
  readonly open: readonly ListedAlert[];
  /** Those that are over, the newest first; null when they were not asked for. */
  readonly closed: readonly ListedAlert[] | null;
  /** Open ones, the latest first. */
  readonly incidents: readonly ListedIncident[];
}

/** Null when nothing has ever been reported, which is not the same as nothing being wrong. */
export async function readAlerts({ store, clock }: Pick<Inspected, 'store' | 'clock'>, withClosed: boolean): Promise<Alerts | null> {
  const [states, open, closed, incidents] = await Promise.all([
    store.get({
      nav: { collection: NAV_STATE, id: NAV_STATE_ID },
      head: { collection: ALERT_HEAD, id: ALERT_HEAD_ID },
      telemetry: { collection: TELEMETRY_STATE, id: TELEMETRY_STATE_ID },
    }),
    readOpenAlerts(store),
    withClosed ? readClosedAlerts(store) : null,
    readOpenIncidents(store),
  ]);
  const hasRecords = Object.values(states).some((record) => record !== null);
  if (!hasRecords && open.length + incidents.length === 0) return null;
  return { now: clock.now(), open, closed, incidents };
}

export async function readOpenAlerts(store: Pick<Store, 'get' | 'query'>): Promise<readonly ListedAlert[]> {
  const [ours, others] = await Promise.all([openOf(store, ABOUT_OURS, MOST_OF_OURS), openOf(store, ABOUT_OTHERS, MOST_OF_OTHERS)]);
  const listed = await listedAlerts(store, [...ours, ...others]);
  return listed.toSorted((a, b) => RANK[b.severity] - RANK[a.severity] || b.raisedAt - a.raisedAt);
}

function openOf(store: Pick<Store, 'query'>, kinds: readonly AlertKind[], limit: number) {
  return store.query({ collection: ALERTS, where: [{ field: 'resolvedAt', op: '==', value: null }, { field: 'kind', op: 'in', value: kinds }], limit });
}

export async function readOpenIncidents(store: Pick<Store, 'get' | 'query'>): Promise<readonly ListedIncident[]> {
  const { open } = await findOpenIncidents(store);
  const latestFirst = open.map(({ id, data }) => ({ id, ...data })).toSorted((a, b) => b.lastSeenAt - a.lastSeenAt);
  return withAcknowledgements(store, latestFirst, ({ openedAt }) => openedAt);
}

async function readClosedAlerts(store: Pick<Store, 'get' | 'query'>): Promise<readonly ListedAlert[]> {
  const newest = await store.query({ collection: ALERTS, where: [], orderBy: [{ field: 'raisedAt', direction: 'desc' }], limit: MOST_CLOSED });
  return listedAlerts(store, newest.filter(({ data }) => data.resolvedAt !== null));
}

function listedAlerts(store: Pick<Store, 'get'>, found: readonly { readonly id: string; readonly data: AlertRecord }[]): Promise<readonly ListedAlert[]> {
  const alerts = found.map(({ id, data: { kind, severity, subject, detail, action, raisedAt, resolvedAt, reopened } }) => ({ id, kind, severity, subject, detail, action, raisedAt, resolvedAt, reopened }));
  return withAcknowledgements(store, alerts, ({ raisedAt }) => raisedAt);
}

const RANK: Readonly<Record<AlertSeverity, number>> = { info: 0, warning: 1, critical: 2 };
