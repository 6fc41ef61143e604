// One request in, one answer out: route, limits, authentication, endpoint. No sockets here.
import { type Credentials, authenticate } from './authentication.ts';
import { type Endpoint, SIGNED_PARAMETERS } from './endpoints/endpoint.ts';
import { ENDPOINTS } from './endpoints/endpoints.ts';
import { Parameters } from './parameters.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { RawRequest } from './raw-request.ts';
import type { VenueEngine } from './venue-engine.ts';
import { encodeWireJson } from './wire-json.ts';
import { WireRefusal } from './wire-refusal.ts';

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answering {
  readonly venue: VenueEngine;
  readonly credentials: Credentials;
  readonly limiter: RateLimiter;
  readonly clockSkewMs: number;
}

export function answerRequest(request: RawRequest, answering: Answering): WireAnswer {
  const now = answering.venue.advance();
  const endpoint = ENDPOINTS.get(`${request.method} ${request.path}`);
  try {
    if (endpoint === undefined) {
      throw new WireRefusal(404, -5000, `Path ${request.path}, Method ${request.method} is invalid`);
    }
    const body = callEndpoint(endpoint, request, answering, now);
    return { status: 200, headers: answering.limiter.headers(endpoint.isOrder === true, now), body };
  } catch (error) {
    if (!(error instanceof WireRefusal)) throw error;
    const retry = error.retryAfterS === null ? {} : { 'retry-after': String(error.retryAfterS) };
    return {
      status: error.status,
      headers: { ...answering.limiter.headers(endpoint?.isOrder === true, now), ...retry },
      body: encodeWireJson({ code: error.code, msg: error.message }),
    };
  }
}

function callEndpoint(endpoint: Endpoint, request: RawRequest, { venue, credentials, limiter, clockSkewMs }: Answering, now: number): string {
  const parameters = Parameters.parse(request.query, request.body);
  limiter.request(typeof endpoint.weight === 'number' ? endpoint.weight : endpoint.weight(parameters), now);
  const serverTime = now + clockSkewMs;
  if (endpoint.signed) authenticate(request, parameters, credentials, serverTime);
  if (endpoint.isOrder === true) limiter.order(now);
  parameters.refuseUnknown(endpoint.signed ? [...endpoint.parameters, ...SIGNED_PARAMETERS] : endpoint.parameters);
  return encodeWireJson(endpoint.handle({ venue, parameters, now, serverTime }));
}
