/** What is checked of every request before anything is done with it. */
import { refused } from '../../app/requests/refusal.ts';
import type { Refusal } from '../../app/requests/refusal.ts';
import type { HttpCall } from './call.ts';

/** Null when the request may be read. */
export function refusedUnread(call: HttpCall, maxBodyBytes: number): Refusal | null {
  if (call.method !== 'POST') return refused('method_not_allowed', `${call.method} is not allowed`, 'send POST');
  const type = call.header('content-type');
  if (type === null || !/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(type)) {
    return refused('unsupported_media_type', 'the content type is not JSON', 'send Content-Type: application/json');
  }
  if (call.rawBody.length > maxBodyBytes) {
    return refused('body_too_large', `the body has ${call.rawBody.length} bytes, allowed are ${maxBodyBytes}`, 'send less; the limit is runtime.json:http.maxBodyBytes');
  }
  return null;
}

export type Parsed = { readonly kind: 'json'; readonly value: unknown } | Refusal;

export function parsedBody(raw: Buffer): Parsed {
  try {
    return { kind: 'json', value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw)) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return refused('invalid_body', 'the body is not JSON', 'send one JSON object in UTF-8');
    throw error;
  }
}
