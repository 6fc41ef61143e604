/** `runtime.json`: schedules, leases, retention and deadlines of the engine itself. */
import { z } from 'zod';
import { unixCronText } from './unix-cron.ts';
import { count, days, hours, milliseconds, minutes, seconds } from './quantities.ts';

const schedules = z.strictObject({
  screen: unixCronText.describe('When markets are screened, unix-cron in UTC').default('* * * * *'),
  sync: unixCronText.describe('When account and records are brought in step, unix-cron in UTC').default('* * * * *'),
});

const markets = z.strictObject({
  maxAgeHours: hours(1, 720, 'Age above which stored instrument rules are refreshed').default(24),
});

export const runtimeConfig = z.strictObject({
  schedules: schedules.describe('The scheduled jobs').prefault({}),
  leaseSeconds: seconds(5, 3600, 'Life of a lease that its holder does not renew').default(60),
  sweepBatch: count(1, 500, 'Waiting outbox entries that one sync wakes at most').default(50),
  vetoWindowMinutes: minutes(1, 1440, 'Time within which the same refusal is counted in one record').default(60),
  tickRetentionDays: days(1, 3650, 'How long tick summaries are kept').default(30),
  vetoRetentionDays: days(1, 3650, 'How long refusals are kept').default(30),
  markets: markets.describe('Stored instrument rules').prefault({}),
  clockMarginMs: milliseconds(0, 60_000, "Allowance for the difference between our clock and the venue's").default(2000),
  deadlineMs: milliseconds(500, 60_000, 'Time one venue call may take, connect to last byte').default(8000),
});
export type RuntimeConfig = z.infer<typeof runtimeConfig>;
