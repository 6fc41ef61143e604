/**
 * The way out of the process. ccxt always writes live URLs; the origin is exchanged here, so that nothing can reach
 * another host than the one configured. One deadline covers connect, headers and the whole body.
 */
import { CallFailedError, type CallFailure } from './call-failure.ts';

export const LIVE_ORIGIN = 'https://fapi.binance.com';

/** The part of `fetch` that ccxt uses. */
export interface WireRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string | undefined;
}

export interface WireResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  text(): Promise<string>;
}

export type WireFetch = (url: string, request: WireRequest) => Promise<WireResponse>;

/** Errors of the phase before a connection stands; all others may come after the venue has read the request. */
const NOT_CONNECTED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
const RETRY_AFTER_MS = 1000;

/** Throws CallFailedError only. Redirects are not followed: they come back as the status they are. */
export function createWireFetch(origin: string, deadlineMs: number): WireFetch {
  return async (url, { method, headers, body }) => {
    if (!url.startsWith(`${LIVE_ORIGIN}/`)) {
      throw new CallFailedError(notSent(`refused to call ${url}: only ${LIVE_ORIGIN} is ever addressed`));
    }
    const signal = AbortSignal.timeout(deadlineMs);
    try {
      const target = origin + url.slice(LIVE_ORIGIN.length);
      const response = await fetch(target, { method, headers, body: body ?? null, redirect: 'manual', signal });
      const text = await response.text();
      return { status: response.status, statusText: response.statusText, headers: response.headers, text: () => Promise.resolve(text) };
    } catch (error) {
      const place = `${method} ${new URL(url).pathname}`;
      const failure = signal.aborted
        ? ({ kind: 'noAnswer', cause: `${place}: no complete answer within ${deadlineMs} ms` } as const)
        : failureOfTransport(place, error);
      throw new CallFailedError(failure);
    }
  };
}

function failureOfTransport(place: string, error: unknown): CallFailure {
  const root = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = root instanceof Error && 'code' in root && typeof root.code === 'string' ? root.code : null;
  const cause = `${place}: ${code ?? (root instanceof Error ? root.message : String(root))}`;
  return code !== null && NOT_CONNECTED.has(code) ? notSent(cause) : { kind: 'noAnswer', cause };
}

function notSent(cause: string): CallFailure {
  return { kind: 'notSent', cause, retryAfterMs: RETRY_AFTER_MS };
}
