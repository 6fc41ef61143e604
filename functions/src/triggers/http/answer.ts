/** Answers and refusals as HTTP. A refusal never says more than its own words. */
import type { HttpsFunction } from 'firebase-functions/https';
import type { Refusal, RefusalCode } from '../../app/requests/refusal.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Null answers without a body. */
  readonly body: unknown;
}

type Response = Parameters<HttpsFunction>[1];

const STATUS: Readonly<Record<RefusalCode, number>> = {
  method_not_allowed: 405,
  origin_not_allowed: 403,
  unsupported_media_type: 415,
  body_too_large: 413,
  invalid_body: 400,
  unauthenticated: 401,
  token_expired: 401,
  token_revoked: 401,
  forbidden: 403,
  rate_limited: 429,
  not_found: 404,
  request_id_reused: 409,
  records_closed: 409,
  not_configured: 503,
  signal_out_of_time: 400,
  conflict: 409,
  try_again: 503,
};

export const answered = (body: unknown): HttpAnswer => ({ status: 200, headers: {}, body });

export function refusalAnswer({ code, message, next, retryAfterSeconds }: Refusal): HttpAnswer {
  const status = STATUS[code];
  return {
    status,
    headers: {
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
      ...(status === 405 ? { Allow: 'POST' } : {}),
      ...(retryAfterSeconds === null ? {} : { 'Retry-After': String(retryAfterSeconds) }),
    },
    body: { error: { code, message, next } },
  };
}

export function sendAnswer(response: Response, { status, headers, body }: HttpAnswer): void {
  response.status(status).set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', ...headers });
  if (body === null) response.end();
  else response.type('application/json').send(JSON.stringify(body));
}
