/**
 * From what is wrong now and what has been told, to what is told next. Pure; the same input gives the same alerts.
 *
 * 1. A condition is one alert while it lasts: raised once, repeated after a wait that doubles up to a day, resolved with
 *    a message when it is seen to be over.
 * 2. One that comes back within its cool-down goes on as the same alert and tells nobody until the cool-down has passed:
 *    a condition that flaps costs two messages an hour, not two a minute.
 * 3. Whoever has acknowledged an alert hears nothing of it until it is over.
 */
import type { AlertEntry, AlertHead, AlertNotice } from '../../schema/records/alert.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { derivedId } from '../identity/derived-id.ts';
import { ALERT_DEFINITIONS } from './alert-kind.ts';
import { keyOf } from './condition.ts';
import type { Condition, Conditions } from './condition.ts';

const DAY_MS = 86_400_000;

/** What becomes of one alert. */
export interface AlertChange {
  readonly key: string;
  readonly entry: AlertEntry;
  /** Null when it is over. */
  readonly condition: Condition | null;
  readonly change: 'raised' | 'repeated' | 'reopened' | 'resolved';
  /** Null when the sinks are told nothing. */
  readonly notice: AlertNotice['kind'] | null;
}

export interface AlertPlan {
  readonly changes: readonly AlertChange[];
  readonly entries: Readonly<Record<string, AlertEntry>>;
  /** Whether `entries` differ from those before. */
  readonly hasChanged: boolean;
}

/** `acknowledged` are alert ids; `repeatMs` is the first wait, and the cool-down. */
export function planAlerts({ present, judges }: Conditions, before: AlertHead['entries'], acknowledged: ReadonlySet<string>, repeatMs: number, now: EpochMs): AlertPlan {
  const byKey = new Map(present.map((one) => [keyOf(one), one]));
  const keys = [...new Set([...Object.keys(before), ...byKey.keys()])].toSorted();
  const changes: AlertChange[] = [];
  const entries: Record<string, AlertEntry> = {};
  let hasChanged = false;
  for (const key of keys) {
    const known = before[key] ?? null;
    const next = nextOf(key, known, byKey.get(key) ?? null, { judges, isSeen: known !== null && acknowledged.has(known.alertId), repeatMs, now });
    if (next.entry !== null) entries[key] = next.entry;
    if (next.change !== null) changes.push(next.change);
    hasChanged ||= next.entry !== known;
  }
  return { changes, entries, hasChanged };
}

/** Alerts that would be repeated now unless somebody has acknowledged them. */
export function repeatsDue({ present }: Conditions, entries: AlertHead['entries'], repeatMs: number, now: EpochMs): readonly AlertEntry[] {
  return present.map((one) => entries[keyOf(one)]).filter((entry) => entry !== undefined).filter((entry) => isTellable(entry, repeatMs, now));
}

interface Look {
  readonly judges: Conditions['judges'];
  readonly isSeen: boolean;
  readonly repeatMs: number;
  readonly now: EpochMs;
}

interface Next {
  readonly entry: AlertEntry | null;
  readonly change: AlertChange | null;
}

function nextOf(key: string, entry: AlertEntry | null, present: Condition | null, look: Look): Next {
  if (present !== null) return entry === null ? raised(key, present, look.now) : lasting(key, entry, present, look);
  if (entry === null) return { entry: null, change: null };
  if (entry.resolvedAt !== null) return coolingDown(entry, look);
  if (!look.judges(entry)) return { entry, change: null };
  const over: AlertEntry = { ...entry, resolvedAt: look.now, told: 'resolved' };
  return { entry: over, change: { key, entry: over, condition: null, change: 'resolved', notice: entry.told === 'open' ? 'resolved' : null } };
}

function raised(key: string, condition: Condition, now: EpochMs): Next {
  const { kind, subject, detail } = condition;
  const alertId = `${kind}-${derivedId('alert', key, now)}`;
  const entry: AlertEntry = { alertId, kind, severity: ALERT_DEFINITIONS[kind].severity, subject, detail, raisedAt: now, resolvedAt: null, told: 'open', notifiedAt: now, notices: 1 };
  return { entry, change: { key, entry, condition, change: 'raised', notice: 'raised' } };
}

function lasting(key: string, entry: AlertEntry, condition: Condition, { isSeen, repeatMs, now }: Look): Next {
  const isBack = entry.resolvedAt !== null;
  const tells = isTellable(entry, repeatMs, now);
  if (!isBack && !tells) return { entry, change: null };
  const open = { ...entry, resolvedAt: null, detail: condition.detail };
  if (!tells) return { entry: open, change: { key, entry: open, condition, change: 'reopened', notice: null } };
  const told: AlertEntry = { ...open, told: isSeen ? entry.told : 'open', notifiedAt: now, notices: entry.notices + 1 };
  const change = isBack ? 'reopened' : 'repeated';
  return { entry: told, change: isSeen && !isBack ? null : { key, entry: told, condition, change, notice: isSeen ? null : 'repeated' } };
}

/** Forgotten once it may be told anew. */
function coolingDown(entry: AlertEntry, { repeatMs, now }: Look): Next {
  return { entry: isTellable(entry, repeatMs, now) ? null : entry, change: null };
}

/** What the sinks take for over is told anew after the cool-down; what they know to be open, ever less often. */
function isTellable({ told, notifiedAt, notices }: AlertEntry, repeatMs: number, now: EpochMs): boolean {
  const waitMs = told === 'open' ? Math.min(DAY_MS, repeatMs * 2 ** (notices - 1)) : repeatMs;
  return now - notifiedAt >= waitMs;
}
