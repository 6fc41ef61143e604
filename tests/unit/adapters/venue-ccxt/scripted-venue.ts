// A venue that answers each endpoint as a test scripts it, for what goes wrong on the wire.
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterEach } from 'vitest';
import { type CcxtVenue, type CcxtVenueOptions, createCcxtVenue } from '../../../../functions/src/adapters/venue-ccxt/create-ccxt-venue.ts';
import type { Clock } from '../../../../functions/src/ports/clock.ts';

export const NOW = 1_763_700_000_000;

export interface ScriptedRequest {
  readonly endpoint: string;
  /** Query or form body, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly apiKey: string | undefined;
}

export type Reply = (response: ServerResponse, request: ScriptedRequest) => void;

export interface ScriptedVenue {
  readonly venue: CcxtVenue;
  readonly clock: { now: number };
  readonly baseUrl: string;
  /** "METHOD /path" to what it answers; without an entry the test fails with a 599. */
  readonly script: Record<string, Reply>;
  readonly requests: readonly ScriptedRequest[];
  readonly countOf: (endpoint: string) => number;
  readonly stop: () => Promise<void>;
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

export const reset: Reply = (response) => {
  response.socket?.resetAndDestroy();
};

/** Headers and the first bytes arrive, the rest never does. */
export const stalledBody: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
  response.write('{"orderId":');
};

export const silence: Reply = () => undefined;

export type VenueOverrides = Partial<Pick<CcxtVenueOptions, 'deadlineMs' | 'writeGate'>>;

const running: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((stop) => stop()));
});

export async function scriptedVenue(over: VenueOverrides = {}): Promise<ScriptedVenue> {
  const clock = { now: NOW };
  const script: Record<string, Reply> = {
    'GET /fapi/v1/time': (response, request) => json({ serverTime: clock.now })(response, request),
    'GET /fapi/v1/accountConfig': json({ canTrade: true, dualSidePosition: true, multiAssetsMargin: false }),
  };
  const requests: ScriptedRequest[] = [];
  const answer = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await receive(message);
    requests.push(request);
    (script[request.endpoint] ?? json('unscripted', 599))(response, request);
  };
  const server = createServer((message, response) => {
    void answer(message, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => void server.close(resolve));
  };
  running.push(stop);
  const baseUrl = `http://127.0.0.1:${address.port}`;
  const port: Clock = { now: () => clock.now, sleep: () => Promise.resolve() };
  const venue = createCcxtVenue({ env: 'local', baseUrl, apiKey: 'key', apiSecret: 'secret', clock: port, writeGate: { kind: 'open' }, ...over });
  const countOf = (endpoint: string): number => requests.filter((request) => request.endpoint === endpoint).length;
  return { venue, clock, baseUrl, script, requests, countOf, stop };
}

async function receive(message: IncomingMessage): Promise<ScriptedRequest> {
  const url = new URL(message.url ?? '/', 'http://venue');
  const body = await readText(message);
  const params = Object.fromEntries(new URLSearchParams(body === '' ? url.search : body));
  return { endpoint: `${message.method} ${url.pathname}`, params, apiKey: message.headersDistinct['x-mbx-apikey']?.[0] };
}
