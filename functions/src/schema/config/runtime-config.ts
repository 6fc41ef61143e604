/** `runtime.json`: schedules, leases, retention and deadlines of the engine itself. */
import { z } from 'zod';
import { unixCronText } from './unix-cron.ts';
import { count, days, hours, milliseconds, minutes, pct, seconds, usd } from './quantities.ts';

const origin = z.string().regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'an origin such as https://my-project.web.app, without a path');
const keyId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a key id of lower-case letters, digits and hyphens, such as model-a');

const http = z.strictObject({
  maxBodyBytes: count(256, 262_144, 'Largest request body that is read').default(16_384),
  allowedOrigins: z
    .array(origin)
    .describe('Origins of other sites whose pages may call control from a browser; the dashboard on the same site needs no entry')
    .default([]),
});

const control = z.strictObject({
  readsPerMinute: count(1, 6000, 'Questions one person may ask').default(120),
  actsPerMinute: count(1, 600, 'Changes one person may make').default(30),
});

const ingest = z.strictObject({
  replayWindowSeconds: seconds(10, 900, 'Age above which a signed request, or its signal, is refused').default(300),
  signalsPerMinute: count(1, 600, 'Signals one key may send').default(60),
  bodySecretKeys: z
    .array(keyId)
    .describe('Ids of keys that may stand in the body instead of signing it, which is weaker; an empty list allows none')
    .default([]),
});

const schedules = z.strictObject({
  screen: unixCronText.describe('When markets are screened, unix-cron in UTC').default('* * * * *'),
  sync: unixCronText.describe('When account and records are brought in step, unix-cron in UTC').default('* * * * *'),
  learn: unixCronText.describe('When results are learned from, unix-cron in UTC').default('*/15 * * * *'),
});

const markets = z.strictObject({
  maxAgeHours: hours(1, 720, 'Age above which stored instrument rules are refreshed').default(24),
});

const reconcile = z.strictObject({
  adjustAfterMinutes: minutes(2, 1440, "Time for which a difference stays the same and unexplained before the ledger is set to the venue's figure").default(15),
});

const alertSink = z.strictObject({
  minSeverity: z
    .enum(['info', 'warning', 'critical'], 'info, warning or critical')
    .describe('What the sink is told: this severity and what is graver')
    .default('warning'),
});

const vetoStorm = z.strictObject({
  refusals: count(1, 100_000, 'Refused signals within the window at which an alert is raised').default(100),
  windowMinutes: minutes(5, 1440, 'Length of the window').default(60),
});

const alerts = z.strictObject({
  sinks: z
    .record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name of lower-case letters, digits and hyphens, such as ops'), alertSink)
    .describe('Who is told beside the records, by name; the secret ALERT_SINKS says where each of them is')
    .default({}),
  repeatMinutes: minutes(5, 1440, 'Time after which an alert that lasts is told again, doubling up to a day; within it one that comes back is not told').default(60),
  deliverySeconds: seconds(1, 20, 'Time one message to a sink may take').default(5),
  maxAttempts: count(1, 20, 'Attempts after which a message to a sink is given up').default(8),
  retentionDays: days(1, 3650, 'How long alerts are kept after their last change').default(90),
  vetoStorm: vetoStorm.describe('Signals that the gate refuses in numbers').prefault({}),
});

const venueSettings = z.strictObject({
  positionMode: z
    .enum(['hedge', 'oneWay'], 'hedge or oneWay')
    .describe('Position mode the account has to be in to take entries: hedge or oneWay')
    .default('hedge'),
  multiAssets: z.boolean('true or false').describe('Whether the account has to be in multi-assets mode to take entries: true or false').default(false),
  maxAgeMinutes: minutes(5, 1440, 'Age above which the settings at the venue count as unknown; they are read again after half of it').default(60),
});

const venueBudget = z.strictObject({
  entriesMaxPct: pct(10, 95, "Share of the venue's limits on requests and orders from which there are no entries; the rest is kept for exits").default(60),
});

const paper = z.strictObject({
  startBalanceUsd: usd(10, 1_000_000_000, 'USDT that a paper account is opened with; one that is open keeps its balance').default(10_000),
});

export const runtimeConfig = z.strictObject({
  schedules: schedules.describe('The scheduled jobs').prefault({}),
  leaseSeconds: seconds(5, 3600, 'Life of a lease that its holder does not renew; no longer than a function may run').default(60),
  sweepBatch: count(1, 500, 'Waiting outbox entries that one sync wakes at most').default(50),
  vetoWindowMinutes: minutes(1, 1440, 'Time within which the same refusal is counted in one record').default(60),
  tickRetentionDays: days(1, 3650, 'How long tick summaries are kept').default(30),
  vetoRetentionDays: days(1, 3650, 'How long refusals are kept').default(30),
  venueSettings: venueSettings.describe('What has to be set at the venue').prefault({}),
  venueBudget: venueBudget.describe('Limits of the venue on requests and orders').prefault({}),
  paper: paper.describe('The account of paper trading on the live market').prefault({}),
  markets: markets.describe('Stored instrument rules').prefault({}),
  reconcile: reconcile.describe('Differences between ledger and venue').prefault({}),
  alerts: alerts.describe('What people are told, and who').prefault({}),
  clockMarginMs: milliseconds(0, 60_000, "Allowance for the difference between our clock and the venue's").default(2000),
  http: http.describe('What control and ingest accept').prefault({}),
  control: control.describe('What operators may ask and change').prefault({}),
  ingest: ingest.describe('What outside signals may send').prefault({}),
  deadlineMs: milliseconds(500, 60_000, 'Time one venue call may take, connect to last byte').default(8000),
});
export type RuntimeConfig = z.infer<typeof runtimeConfig>;
