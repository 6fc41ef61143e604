/** Where alerts are sent: names, as in `runtime.json:alerts.sinks`, to an address and what proves who is sending. */
import { z } from 'zod';
import { parseSecret, secretJson } from './parse-secret.ts';

const secretText = z.string().min(32).max(256);
const address = z.url({ protocol: /^https$/ }).max(500).or(z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost)$/ }).max(500));

const alertSink = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('webhook'), url: address, secret: secretText }),
  z.strictObject({ kind: z.literal('slack'), url: address }),
  z.strictObject({ kind: z.literal('telegram'), botToken: z.string().regex(/^\d{5,20}:[A-Za-z0-9_-]{20,100}$/), chatId: z.string().regex(/^(-?\d{1,20}|@\w{5,40})$/) }),
]);
export type AlertSinkSettings = z.infer<typeof alertSink>;

const alertSinks = z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), alertSink);

/** `secret` as the platform binds it, JSON as text. An empty object is nobody. Never repeats what it holds. */
export function parseAlertSinks(secret: string): Readonly<Record<string, AlertSinkSettings>> {
  return parseSecret('ALERT_SINKS', alertSinks, secretJson(secret), 'a JSON object of names to {"kind": "webhook", "url", "secret"}, {"kind": "slack", "url"} or {"kind": "telegram", "botToken", "chatId"}, or {} for nobody; see docs/alerts.md');
}
