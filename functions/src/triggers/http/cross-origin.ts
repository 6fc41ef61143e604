/**
 * Browsers of other sites. The token is in a header that no browser adds by itself, so a foreign page can do nothing
 * without it; these headers only let the pages on the list read the answer. There is no wildcard.
 */
import { refused } from '../../app/requests/refusal.ts';
import { answered, refusalAnswer } from './answer.ts';
import type { HttpAnswer } from './answer.ts';
import type { HttpCall } from './call.ts';

/** The answer to a preflight; null for a request that is none. */
export function preflightAnswer(call: HttpCall, allowedOrigins: readonly string[]): HttpAnswer | null {
  if (call.method !== 'OPTIONS' || call.header('access-control-request-method') === null) return null;
  const headers = crossOriginHeaders(call, allowedOrigins);
  if (headers['Access-Control-Allow-Origin'] === undefined) {
    return refusalAnswer(refused('origin_not_allowed', 'pages of this origin may not call', 'add the origin to runtime.json:http.allowedOrigins'));
  }
  const allowed = { 'Access-Control-Allow-Methods': 'POST', 'Access-Control-Allow-Headers': 'authorization, content-type', 'Access-Control-Max-Age': '600' };
  return { ...answered(null), status: 204, headers: { ...headers, ...allowed } };
}

export function crossOriginHeaders(call: HttpCall, allowedOrigins: readonly string[]): Readonly<Record<string, string>> {
  const origin = call.header('origin');
  return origin !== null && allowedOrigins.includes(origin) ? { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' } : { Vary: 'Origin' };
}
