/**
 * The whole message as JSON, signed as outside signals are: HMAC-SHA256 over `v1.{timestamp}.{raw body}` in hex, with the
 * timestamp in whole seconds. `id` is the same when a message comes twice.
 */
import { createHmac } from 'node:crypto';
import type { AlertSink } from '../../ports/alert-sink.ts';
import type { Clock } from '../../ports/clock.ts';
import { postJson } from './post-json.ts';

export interface WebhookSettings {
  /** The name of the sink, sent as the id of the key. */
  readonly name: string;
  readonly url: string;
  readonly secret: string;
}

export function webhookSink({ name, url, secret }: WebhookSettings, clock: Clock, deadlineMs: number): AlertSink {
  return {
    send: (message) => {
      const body = JSON.stringify(message);
      const timestamp = String(Math.floor(clock.now() / 1000));
      const signature = createHmac('sha256', secret).update(`v1.${timestamp}.`).update(body).digest('hex');
      const headers = { 'x-portcullis-key': name, 'x-portcullis-timestamp': timestamp, 'x-portcullis-signature': `v1=${signature}` };
      return postJson({ url, headers, body, deadlineMs });
    },
  };
}
