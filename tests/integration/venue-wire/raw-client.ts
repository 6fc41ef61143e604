// A client without a library: what is sent is exactly what the test wrote.
import { createHmac } from 'node:crypto';
import { API_KEY, API_SECRET } from './venue-fixture.ts';

export interface RawReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface RawCall {
  readonly method?: string;
  readonly path: string;
  /** Raw query; for signed calls timestamp and signature are appended. */
  readonly query?: string;
  readonly body?: string;
  readonly apiKey?: string | null;
}

export async function call(url: string, { method = 'GET', path, query = '', body = '', apiKey = null }: RawCall): Promise<RawReply> {
  const target = `${url}${path}${query === '' ? '' : `?${query}`}`;
  const headers = apiKey === null ? {} : { 'X-MBX-APIKEY': apiKey };
  const response = await fetch(target, { method, headers, ...(body === '' ? {} : { body }) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export function sign(payload: string, secret: string = API_SECRET): string {
  return createHmac('sha256', secret).update(payload).digest('hex');
}

/** Signs the query as it stands. */
export function signedCall(url: string, { method = 'GET', path, query = '' }: RawCall, timestamp: number): Promise<RawReply> {
  const payload = `${query}${query === '' ? '' : '&'}timestamp=${timestamp}`;
  return call(url, { method, path, query: `${payload}&signature=${sign(payload)}`, apiKey: API_KEY });
}

/** The venue's code in an answer's body, null when there is none. */
export function codeOf(reply: RawReply): number | null {
  const match = /^\{"code":(-?\d+),/.exec(reply.text);
  return match?.[1] === undefined ? null : Number(match[1]);
}
