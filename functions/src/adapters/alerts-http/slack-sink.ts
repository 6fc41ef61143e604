/** An incoming webhook of Slack, or of what takes the same (Mattermost, Rocket.Chat, Discord with `/slack` behind its address). */
import type { AlertSink } from '../../ports/alert-sink.ts';
import { postJson } from './post-json.ts';

export function slackSink(url: string, deadlineMs: number): AlertSink {
  return { send: ({ text }) => postJson({ url, headers: {}, body: JSON.stringify({ text: escaped(text) }), deadlineMs }) };
}

/** Slack takes these three for markup: no text of ours may mention everybody. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
