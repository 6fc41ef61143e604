/**
 * Keeps alerts in step with what is wrong and has them delivered. A look that finds nothing new costs nothing. Alerts,
 * their head and the attempts at delivering them are one commit; whoever runs at the same time plans on what it wrote.
 */
import { alertOf, summaryOf } from '../../domain/alerts/alert-of.ts';
import type { Conditions } from '../../domain/alerts/condition.ts';
import { dueSinks, nextDeliveryAt, withAttempts } from '../../domain/alerts/deliveries.ts';
import { planAlerts, repeatsDue } from '../../domain/alerts/plan-alerts.ts';
import type { AlertChange } from '../../domain/alerts/plan-alerts.ts';
import type { Transaction } from '../../ports/store.ts';
import { ACKNOWLEDGEMENTS } from '../../schema/records/acknowledgement.ts';
import { ALERTS, ALERT_HEAD, ALERT_HEAD_ID, EMPTY_ALERT_HEAD } from '../../schema/records/alert.ts';
import type { AlertHead, AlertRecord } from '../../schema/records/alert.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { deliver } from './deliver.ts';
import type { Send } from './deliver.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Alerts with deliveries that one run takes up; the rest wait for the next. */
const MOST_DELIVERED = 20;

export type AlertDeps = Pick<EngineDeps, 'store' | 'clock' | 'config' | 'log' | 'step' | 'identity' | 'openSinks'>;

/** Answers the head as it then stands. */
export async function tellAlerts(deps: AlertDeps, conditions: Conditions, before: AlertHead | null): Promise<AlertHead> {
  const head = before ?? EMPTY_ALERT_HEAD;
  const now = deps.clock.now();
  if (!planAlerts(conditions, head.entries, new Set(), repeatMsOf(deps), now).hasChanged && dueAlerts(head, now).length === 0) return head;
  const committed = await deps.step('report.commit-alerts', () => deps.store.transact((tx) => commit(deps, tx, conditions, deps.clock.now())));
  // Nothing was kept, so the next run would find and tell the same again, every minute.
  if (deps.identity.recordGate.kind === 'closed') return head;
  for (const { entry, change } of committed.changes) deps.log.alertTurned(entry.severity, entry.kind, entry.detail, change);
  return committed.sends.length === 0 ? committed.head : deliver(deps, committed.sends);
}

interface Committed {
  readonly head: AlertHead;
  readonly changes: readonly AlertChange[];
  readonly sends: readonly Send[];
}

async function commit(deps: AlertDeps, tx: Transaction, conditions: Conditions, now: EpochMs): Promise<Committed> {
  const { stored } = await tx.get({ stored: { collection: ALERT_HEAD, id: ALERT_HEAD_ID } });
  const head = stored ?? EMPTY_ALERT_HEAD;
  const repeatMs = repeatMsOf(deps);
  const plan = planAlerts(conditions, head.entries, await acknowledged(tx, repeatsDue(conditions, head.entries, repeatMs, now)), repeatMs, now);
  const ids = [...new Set([...plan.changes.map(({ entry }) => entry.alertId), ...dueAlerts(head, now)])];
  const known: Readonly<Record<string, AlertRecord | null>> = await tx.get(Object.fromEntries(ids.map((id) => [id, { collection: ALERTS, id }])));
  const rules = { sinks: deps.config.runtime.alerts.sinks, retentionMs: deps.config.runtime.alerts.retentionDays * DAY_MS };
  const changed = new Map(plan.changes.map((change) => [change.entry.alertId, alertOf(known[change.entry.alertId] ?? null, change, rules, now)]));
  const undelivered = new Map(Object.entries(head.undeliveredAt));
  const sends: Send[] = [];
  for (const id of ids) {
    const record = changed.get(id) ?? known[id] ?? null;
    const sinks = record === null ? [] : dueSinks(record, now);
    const next = record === null ? null : withAttempts(record, sinks, now);
    if (next !== null) tx.set(ALERTS, id, next);
    if (next !== null) sends.push(...sinks.map((sink) => ({ alertId: id, sink, alert: next })));
    const nextAt = next === null ? null : nextDeliveryAt(next);
    if (nextAt === null) undelivered.delete(id);
    else undelivered.set(id, nextAt);
  }
  const after: AlertHead = { ...head, summary: summaryOfAll(plan.entries), entries: plan.entries, undeliveredAt: Object.fromEntries(undelivered), changedAt: now };
  tx.set(ALERT_HEAD, ALERT_HEAD_ID, after);
  return { head: after, changes: plan.changes, sends };
}

async function acknowledged(tx: Transaction, due: readonly { readonly alertId: string; readonly subject: string | null; readonly raisedAt: EpochMs }[]): Promise<ReadonlySet<string>> {
  if (due.length === 0) return new Set();
  const got = await tx.get(Object.fromEntries(due.map(({ alertId }) => [alertId, { collection: ACKNOWLEDGEMENTS, id: alertId }])));
  return new Set(due.filter(({ alertId, raisedAt }) => got[alertId]?.openedAt === raisedAt).map(({ alertId }) => alertId));
}

const repeatMsOf = ({ config }: AlertDeps): number => config.runtime.alerts.repeatMinutes * MINUTE_MS;

function dueAlerts({ undeliveredAt }: AlertHead, now: EpochMs): readonly string[] {
  return Object.entries(undeliveredAt).filter(([, at]) => at <= now).toSorted(([, a], [, b]) => a - b).slice(0, MOST_DELIVERED).map(([id]) => id);
}

function summaryOfAll(entries: AlertHead['entries']): string {
  const open = Object.values(entries).filter(({ resolvedAt }) => resolvedAt === null);
  return open.length === 0 ? 'nothing is wrong' : `${open.length} open: ${open.map(summaryOf).join('; ')}`;
}
