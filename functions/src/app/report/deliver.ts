/** Sends what was committed to be sent, all of it at once and each within its deadline, and records what came of it. */
import { nextDeliveryAt, withOutcome } from '../../domain/alerts/deliveries.ts';
import type { AlertMessage, AlertOutcome, AlertSinks } from '../../ports/alert-sink.ts';
import { ALERTS, ALERT_HEAD, ALERT_HEAD_ID, EMPTY_ALERT_HEAD } from '../../schema/records/alert.ts';
import type { AlertHead, AlertRecord } from '../../schema/records/alert.ts';
import type { EngineDeps } from '../engine-deps.ts';

/** The latest ones are enough to see which sink it is. */
const MOST_FAILED = 10;

export interface Send {
  readonly alertId: string;
  readonly sink: string;
  readonly alert: AlertRecord;
}

type DeliverDeps = Pick<EngineDeps, 'store' | 'clock' | 'config' | 'log' | 'step' | 'identity' | 'openSinks'>;

interface Delivered extends Send {
  readonly outcome: AlertOutcome;
}

/** Answers the head as it then stands. */
export async function deliver(deps: DeliverDeps, sends: readonly Send[]): Promise<AlertHead> {
  const sinks = await opened(deps);
  const delivered = await deps.step('report.deliver', () => Promise.all(sends.map(async (send) => ({ ...send, outcome: await sendOne(deps, sinks, send) }))));
  const head = await deps.step('report.record-delivery', () => record(deps, delivered));
  for (const { sink, outcome } of delivered) {
    if (outcome.kind === 'failed') deps.log.alertNotDelivered(sink, outcome.cause);
  }
  return head;
}

/** A secret that is not well formed is a cause to be told, like a sink that does not answer. */
async function opened({ openSinks }: DeliverDeps): Promise<AlertSinks | string> {
  try {
    return await openSinks();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function sendOne({ identity, clock }: DeliverDeps, sinks: AlertSinks | string, { alertId, sink: name, alert }: Send): Promise<AlertOutcome> {
  if (typeof sinks === 'string') return { kind: 'failed', cause: sinks };
  const sink = sinks.get(name);
  if (sink === undefined) return { kind: 'failed', cause: `the secret ALERT_SINKS has no ${name}` };
  return sink.send(messageOf(alertId, alert, identity.namespace, clock.now()));
}

export function messageOf(alertId: string, alert: AlertRecord, account: string, at: number): AlertMessage {
  const { kind, severity, subject, detail, action, raisedAt, resolvedAt, notice } = alert;
  return { id: `${alertId}-${notice.number}`, alertId, notice: notice.kind, kind, severity, subject, detail, action, raisedAt, resolvedAt, account, at, text: `[${account}] ${notice.text}` };
}

async function record({ store, clock, config }: DeliverDeps, delivered: readonly Delivered[]): Promise<AlertHead> {
  const byAlert = Map.groupBy(delivered, ({ alertId }) => alertId);
  return store.transact(async (tx) => {
    const now = clock.now();
    const { stored } = await tx.get({ stored: { collection: ALERT_HEAD, id: ALERT_HEAD_ID } });
    const known = await tx.get(Object.fromEntries([...byAlert.keys()].map((id) => [id, { collection: ALERTS, id }])));
    const head = stored ?? EMPTY_ALERT_HEAD;
    const undelivered = new Map(Object.entries(head.undeliveredAt));
    const failed: string[] = [];
    for (const [id, outcomes] of byAlert) {
      const before = known[id] ?? null;
      if (before === null) continue;
      const after = outcomes.reduce((alert, { sink, alert: sent, outcome }) => withOutcome(alert, sink, sent.notice.number, outcome, config.runtime.alerts.maxAttempts, now), before);
      if (after !== before) tx.set(ALERTS, id, after);
      failed.push(...givenUp(id, before, after));
      const nextAt = nextDeliveryAt(after);
      if (nextAt === null) undelivered.delete(id);
      else undelivered.set(id, nextAt);
    }
    const next: AlertHead = { ...head, undeliveredAt: Object.fromEntries(undelivered), failedDeliveries: [...head.failedDeliveries, ...failed].slice(-MOST_FAILED), changedAt: now };
    tx.set(ALERT_HEAD, ALERT_HEAD_ID, next);
    return next;
  });
}

function givenUp(id: string, before: AlertRecord, after: AlertRecord): readonly string[] {
  return Object.entries(after.deliveries)
    .filter(([sink, { state }]) => state === 'failed' && before.deliveries[sink]?.state !== 'failed')
    .map(([sink, { lastError }]) => `${id} to ${sink}: ${lastError ?? 'unknown'}`);
}
