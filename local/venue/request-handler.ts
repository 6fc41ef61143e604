// What happens to every request that arrives: it is counted, faults before and after it apply, the admin path sets faults.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type WireAnswer, answerRequest } from './answer.ts';
import type { Credentials } from './authentication.ts';
import { Deliveries } from './delivery.ts';
import { parseFaultSettings } from './fault-rule-text.ts';
import { Faults } from './faults.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { type RawRequest, readRequest } from './raw-request.ts';
import type { VenueEngine } from './venue-engine.ts';
import { encodeWireJson } from './wire-json.ts';

export interface VenueCounters {
  readonly requests: number;
  /** By "METHOD /path" as received, requests hit by faults included. */
  readonly byEndpoint: Readonly<Record<string, number>>;
  readonly faultsFired: number;
}

const FAULTS_PATH = '/__sim/faults';

export class RequestHandler {
  readonly faults = new Faults();
  readonly #deliveries = new Deliveries();
  readonly #byEndpoint: Record<string, number> = {};
  readonly #venue: VenueEngine;
  readonly #credentials: Credentials;
  readonly #limiter: RateLimiter;
  #requests = 0;

  constructor(venue: VenueEngine, credentials: Credentials, limiter: RateLimiter) {
    this.#venue = venue;
    this.#credentials = credentials;
    this.#limiter = limiter;
  }

  handle(message: IncomingMessage, response: ServerResponse): void {
    this.#serve(message, response).catch((error: unknown) => this.#deliveries.fail(response, error));
  }

  counters(): VenueCounters {
    return { requests: this.#requests, byEndpoint: { ...this.#byEndpoint }, faultsFired: this.faults.fired };
  }

  stop(): void {
    this.#deliveries.stop();
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message);
    this.#count(request);
    const before = this.faults.take(request.method, request.path, 'before');
    if (before !== null) {
      this.#deliveries.spoil(response, before, null);
      return;
    }
    const answer = this.#answer(request);
    const after = this.faults.take(request.method, request.path, 'after');
    if (after === null) this.#deliveries.send(response, answer);
    else this.#deliveries.spoil(response, after, answer);
  }

  #answer(request: RawRequest): WireAnswer {
    if (request.path === FAULTS_PATH) return this.#changeFaults(request);
    return answerRequest(request, {
      venue: this.#venue,
      limiter: this.#limiter,
      credentials: this.#credentials,
      clockSkewMs: this.faults.clockSkewMs,
    });
  }

  /** POST adds rules and sets the skew, DELETE clears both. */
  #changeFaults(request: RawRequest): WireAnswer {
    const done: WireAnswer = { status: 200, headers: {}, body: encodeWireJson({ code: 200, msg: 'success' }) };
    if (request.method === 'DELETE') {
      this.faults.clear();
      return done;
    }
    try {
      const settings = parseFaultSettings(request.body);
      for (const rule of settings.rules) this.faults.add(rule);
      this.faults.clockSkewMs = settings.clockSkewMs;
      return done;
    } catch (error) {
      if (!(error instanceof RangeError) && !(error instanceof SyntaxError)) throw error;
      return { status: 400, headers: {}, body: encodeWireJson({ code: -1130, msg: error.message }) };
    }
  }

  #count({ method, path }: RawRequest): void {
    const endpoint = `${method} ${path}`;
    this.#requests += 1;
    this.#byEndpoint[endpoint] = (this.#byEndpoint[endpoint] ?? 0) + 1;
  }
}
