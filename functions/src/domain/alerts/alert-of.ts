/** The record of an alert, and the words of what is told about it. */
import type { AlertDelivery, AlertEntry, AlertNotice, AlertRecord, AlertSeverity } from '../../schema/records/alert.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { ALERT_DEFINITIONS } from './alert-kind.ts';
import type { AlertChange } from './plan-alerts.ts';

export interface NoticeRules {
  /** The least severity each sink takes. */
  readonly sinks: Readonly<Record<string, { readonly minSeverity: AlertSeverity }>>;
  readonly retentionMs: number;
}

/** `before` is null for an alert that begins, and for one whose record has expired. */
export function alertOf(before: AlertRecord | null, { entry, condition, change, notice }: AlertChange, rules: NoticeRules, now: EpochMs): AlertRecord {
  const { kind, severity, subject, raisedAt, resolvedAt } = entry;
  const base = before ?? { action: ALERT_DEFINITIONS[kind].action, reopened: 0, deliveries: {} };
  const record = {
    summary: summaryOf(entry),
    kind, severity, subject,
    detail: condition?.detail ?? entry.detail,
    action: condition?.action ?? base.action,
    raisedAt, resolvedAt,
    reopened: base.reopened + (change === 'reopened' ? 1 : 0),
    expireAt: now + rules.retentionMs,
  };
  if (notice === null && before !== null) return { ...record, notice: before.notice, deliveries: before.deliveries };
  const told: AlertNotice = { number: before === null ? 1 : before.notice.number + 1, kind: notice ?? 'raised', text: noticeText(record, notice ?? 'raised', now), at: now };
  return { ...record, notice: told, deliveries: notice === null ? base.deliveries : withNotice(base.deliveries, told, severity, rules, now) };
}

/** Every sink that takes this severity is to be told anew; what it has not taken of an older notice is dropped. */
function withNotice(before: AlertRecord['deliveries'], { number }: AlertNotice, severity: AlertSeverity, { sinks }: NoticeRules, now: EpochMs): AlertRecord['deliveries'] {
  const takers = Object.entries(sinks).filter(([, { minSeverity }]) => RANK[severity] >= RANK[minSeverity]);
  const pending: AlertDelivery = { state: 'pending', notice: number, attempts: 0, nextAt: now, lastError: null, sentAt: null };
  return { ...before, ...Object.fromEntries(takers.map(([name]) => [name, pending])) };
}

const RANK: Readonly<Record<AlertSeverity, number>> = { info: 0, warning: 1, critical: 2 };

export function summaryOf({ kind, severity, detail, resolvedAt }: Pick<AlertEntry, 'kind' | 'severity' | 'detail' | 'resolvedAt'>): string {
  return `${resolvedAt === null ? severity : 'over'}: ${kind}: ${detail}`;
}

type Told = Pick<AlertRecord, 'kind' | 'severity' | 'detail' | 'action' | 'raisedAt'>;

function noticeText({ kind, severity, detail, action, raisedAt }: Told, notice: AlertNotice['kind'], now: EpochMs): string {
  const lasted = lastedText(now - raisedAt);
  switch (notice) {
    case 'raised':
      return `${severity.toUpperCase()} ${kind}: ${detail}\n${action}`;
    case 'repeated':
      return `${severity.toUpperCase()} ${kind}, for ${lasted}: ${detail}\n${action}`;
    case 'resolved':
      return `RESOLVED ${kind} after ${lasted}: ${detail}`;
  }
}

function lastedText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
