// API key, signature and timestamp, in the order in which the venue checks them.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Parameters } from './parameters.ts';
import type { RawRequest } from './raw-request.ts';
import { WireRefusal, missingParameter } from './wire-refusal.ts';

export interface Credentials {
  readonly apiKey: string;
  readonly apiSecret: string;
}

const DEFAULT_RECV_WINDOW_MS = 5000;
const MAX_RECV_WINDOW_MS = 60_000;
const MAX_AHEAD_MS = 1000;

/** Throws the refusal of an unauthenticated or stale request. `now` is the venue's clock. */
export function authenticate(request: RawRequest, parameters: Parameters, credentials: Credentials, now: number): void {
  checkKey(request.apiKey, credentials.apiKey);
  checkTimestamp(parameters, now);
  checkSignature(request, credentials.apiSecret);
}

function checkKey(sent: string | undefined, expected: string): void {
  if (sent === undefined || !/^[A-Za-z0-9]{1,128}$/.test(sent)) throw new WireRefusal(401, -2014, 'API-key format invalid.');
  if (sent !== expected) throw new WireRefusal(401, -2015, 'Invalid API-key, IP, or permissions for action.');
}

function checkTimestamp(parameters: Parameters, now: number): void {
  const timestamp = parameters.integer('timestamp', { min: 0, max: Number.MAX_SAFE_INTEGER });
  const recvWindow = parameters.integer('recvWindow', { min: 1, max: Number.MAX_SAFE_INTEGER }, DEFAULT_RECV_WINDOW_MS);
  if (recvWindow > MAX_RECV_WINDOW_MS) throw new WireRefusal(400, -1131, `Invalid recvWindow; it must be at most ${MAX_RECV_WINDOW_MS}.`);
  if (timestamp >= now + MAX_AHEAD_MS) {
    throw new WireRefusal(400, -1021, `Timestamp for this request was ${MAX_AHEAD_MS}ms ahead of the server's time.`);
  }
  if (now - timestamp > recvWindow) throw new WireRefusal(400, -1021, 'Timestamp for this request is outside of the recvWindow.');
}

/** The signature is the last parameter and covers query and body, joined, up to it. */
function checkSignature({ query, body }: RawRequest, secret: string): void {
  const total = `${query}${body}`;
  const match = /^(?<payload>.*?)&?signature=(?<signature>[^&]*)$/s.exec(total);
  const { payload, signature } = match?.groups ?? {};
  if (payload === undefined || signature === undefined || signature === '') throw missingParameter('signature');
  const expected = createHmac('sha256', secret).update(payload).digest();
  const sent = Buffer.from(signature, 'hex');
  if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) {
    throw new WireRefusal(400, -1022, 'Signature for this request is not valid.');
  }
}
