import type { AlertSink, AlertSinks } from '../../ports/alert-sink.ts';
import type { Clock } from '../../ports/clock.ts';
import { slackSink } from './slack-sink.ts';
import { telegramSink } from './telegram-sink.ts';
import { webhookSink } from './webhook-sink.ts';

export type SinkSettings =
  | { readonly kind: 'webhook'; readonly url: string; readonly secret: string }
  | { readonly kind: 'slack'; readonly url: string }
  | { readonly kind: 'telegram'; readonly botToken: string; readonly chatId: string };

/** By name. No message takes longer than `deadlineMs`. */
export function createHttpSinks(settings: Readonly<Record<string, SinkSettings>>, clock: Clock, deadlineMs: number): AlertSinks {
  return new Map(Object.entries(settings).map(([name, sink]) => [name, sinkOf(name, sink, clock, deadlineMs)]));
}

function sinkOf(name: string, settings: SinkSettings, clock: Clock, deadlineMs: number): AlertSink {
  switch (settings.kind) {
    case 'webhook':
      return webhookSink({ name, ...settings }, clock, deadlineMs);
    case 'slack':
      return slackSink(settings.url, deadlineMs);
    case 'telegram':
      return telegramSink(settings, deadlineMs);
  }
}
