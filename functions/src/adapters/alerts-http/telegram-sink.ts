/** A message of a Telegram bot to one chat, as plain text. */
import type { AlertSink } from '../../ports/alert-sink.ts';
import { postJson } from './post-json.ts';

export interface TelegramSettings {
  readonly botToken: string;
  readonly chatId: string;
}

const TELEGRAM = 'https://api.telegram.org';
/** What Telegram takes at most. */
const LONGEST = 4096;

/** `origin` is for tests. */
export function telegramSink({ botToken, chatId }: TelegramSettings, deadlineMs: number, origin: string = TELEGRAM): AlertSink {
  const url = `${origin}/bot${botToken}/sendMessage`;
  return {
    send: ({ text }) => postJson({ url, headers: {}, body: JSON.stringify({ chat_id: chatId, text: text.slice(0, LONGEST), link_preview_options: { is_disabled: true } }), deadlineMs }),
  };
}
