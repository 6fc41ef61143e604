import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

export const alertSeverity = z.enum(['info', 'warning', 'critical']);
export type AlertSeverity = z.infer<typeof alertSeverity>;

export const alertKind = z.enum([
  'navStale',
  'navAnomaly',
  'drawdownAlert',
  'drawdownHalt',
  'dayLossHalt',
  'symbolDisabled',
  'circuitOpen',
  'vetoStorm',
  'heartbeatLost',
  'geoBlocked',
  'venueKeyRefused',
  'budgetExhausted',
  'telemetryFailing',
  'ledgerMismatch',
  'ambiguousOrder',
  'unprotectedPosition',
  'foreignActivity',
  'overClose',
  'forcedClose',
]);
export type AlertKind = z.infer<typeof alertKind>;

/** What one sink has been told. A newer notice takes the place of one that has not been delivered. */
const alertDelivery = z.strictObject({
  state: z.enum(['pending', 'sent', 'failed']),
  /** Number of the notice it is about. */
  notice: z.int().positive(),
  attempts: z.int().nonnegative(),
  /** When it is tried next; null once it is sent or given up. */
  nextAt: epochMs.nullable(),
  lastError: z.string().nullable(),
  sentAt: epochMs.nullable(),
});
export type AlertDelivery = z.infer<typeof alertDelivery>;

export const alertNotice = z.strictObject({
  number: z.int().positive(),
  kind: z.enum(['raised', 'repeated', 'resolved']),
  text: z.string(),
  at: epochMs,
});
export type AlertNotice = z.infer<typeof alertNotice>;

/** `alerts/{id}`: one episode of a condition, from when it was seen to when it was over. Nothing of it is ever sent twice on purpose, but it may be. */
export const alertRecord = z.strictObject({
  summary: z.string(),
  kind: alertKind,
  severity: alertSeverity,
  /** The symbol, job or incident it is about; null for the account. */
  subject: z.string().nullable(),
  detail: z.string(),
  action: z.string(),
  raisedAt: epochMs,
  /** Null while the condition holds. */
  resolvedAt: epochMs.nullable(),
  /** How often the condition came back within its cool-down. */
  reopened: z.int().nonnegative(),
  notice: alertNotice,
  deliveries: z.record(z.string(), alertDelivery),
  expireAt: epochMs,
});
export type AlertRecord = z.infer<typeof alertRecord>;
export const ALERTS = collection('alerts', 1, alertRecord);

const alertEntry = z.strictObject({
  alertId: z.string(),
  kind: alertKind,
  severity: alertSeverity,
  subject: z.string().nullable(),
  detail: z.string(),
  raisedAt: epochMs,
  resolvedAt: epochMs.nullable(),
  /** What the sinks were told last, which may lag behind while a condition flaps. */
  told: z.enum(['open', 'resolved']),
  notifiedAt: epochMs,
  /** How often the sinks were told that it is open; each time doubles the wait until the next. */
  notices: z.int().positive(),
});
export type AlertEntry = z.infer<typeof alertEntry>;

/**
 * `state/alerts`: the alerts that are open or cooling down, by dedupe key, and what is yet to be delivered. Read every
 * sync in place of a query, written only when something changes.
 */
export const alertHead = z.strictObject({
  summary: z.string(),
  entries: z.record(z.string(), alertEntry),
  /** Alert id to when its earliest delivery is due. */
  undeliveredAt: z.record(z.string(), epochMs),
  /** The latest deliveries that were given up, in words. */
  failedDeliveries: z.array(z.string()),
  changedAt: epochMs,
});
export type AlertHead = z.infer<typeof alertHead>;
export const ALERT_HEAD = collection('state', 1, alertHead);
export const ALERT_HEAD_ID = 'alerts';

export const EMPTY_ALERT_HEAD: AlertHead = { summary: 'nothing has ever been wrong', entries: {}, undeliveredAt: {}, failedDeliveries: [], changedAt: 0 };
