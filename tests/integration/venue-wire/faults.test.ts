import { describe, expect, test } from 'vitest';
import type { FaultEffect, FaultRule } from '../../../local/venue/faults.ts';
import type { VenueServer } from '../../../local/venue/server.ts';
import { T0 } from '../../unit/domain/matching/exchange-builder.ts';
import { ccxtClient } from './ccxt-client.ts';
import { call } from './raw-client.ts';
import { API_KEY, API_SECRET, BTC, startFixture } from './venue-fixture.ts';

const ORDER = { method: 'POST', path: '/fapi/v1/order' };
/** Of the client, once it has its markets; only faults that withhold the answer reach it. */
const IMPATIENT_MS = 400;
const PATIENT_MS = 10_000;

const json = (status: number, code: number, msg: string): FaultEffect => ({ kind: 'answer', status, body: JSON.stringify({ code, msg }) });
const html = (status: number): FaultEffect => ({ kind: 'answer', status, body: '<html><body>Gateway</body></html>', contentType: 'text/html' });

const EITHER_SIDE: readonly [string, FaultEffect, string][] = [
  ['a dropped connection', { kind: 'drop' }, 'NetworkError'],
  ['an answer that never comes', { kind: 'hang' }, 'RequestTimeout'],
  ['500 without a code', { kind: 'answer', status: 500, body: '' }, 'ExchangeNotAvailable'],
  ['502 in HTML', html(502), 'ExchangeNotAvailable'],
  ['503 with -1000', json(503, -1000, 'Unknown error, please check your request or try again later.'), 'OperationFailed'],
  ['503 without a code', { kind: 'answer', status: 503, body: '{"msg":"Service Unavailable."}' }, 'ExchangeNotAvailable'],
  ['504 in HTML', html(504), 'RequestTimeout'],
  ['408 with -1007', json(408, -1007, 'Timeout waiting for response from backend server. Send status unknown; execution status unknown.'), 'RequestTimeout'],
  ['an empty 200', { kind: 'answer', status: 200, body: '' }, 'TypeError'],
  ['HTML with 200', html(200), 'TypeError'],
];

const BEFORE_ONLY: readonly [string, FaultEffect, string][] = [
  ['429', { kind: 'answer', status: 429, body: '{"code":-1003,"msg":"Too many requests."}', retryAfterS: 7 }, 'DDoSProtection'],
  ['418', { kind: 'answer', status: 418, body: '{"code":-1003,"msg":"Way too many requests."}', retryAfterS: 60 }, 'DDoSProtection'],
  ['451 by geography', { kind: 'answer', status: 451, body: '{"code":0,"msg":"Service unavailable from a restricted location."}' }, 'ExchangeNotAvailable'],
  ['403 by a firewall', html(403), 'ExchangeNotAvailable'],
];

/** The name of what the client threw, or the status of the order that it believes in. */
async function attempt(venue: VenueServer, clientOrderId: string, timeoutMs = PATIENT_MS): Promise<string> {
  const client = ccxtClient({ url: venue.url, apiKey: API_KEY, secret: API_SECRET, clock: () => T0 });
  await client.loadMarkets();
  client.timeout = timeoutMs;
  try {
    const order = await client.createOrder(BTC, 'limit', 'buy', 0.1, 49000, { positionSide: 'LONG', newClientOrderId: clientOrderId });
    return String(order.status);
  } catch (error) {
    return error instanceof Error ? error.constructor.name : String(error);
  }
}

function acceptedWith(venue: VenueServer, clientOrderId: string): number {
  const orders = [...(venue.core.state.openOrders['BTCUSDT'] ?? []), ...Object.values(venue.core.state.closedOrders)];
  return orders.filter((order) => order.clientOrderId === clientOrderId).length;
}

async function withFault(rule: Omit<FaultRule, 'match' | 'times'>): Promise<{ seen: string; accepted: number; fired: number }> {
  const { venue } = await startFixture();
  venue.faults.add({ ...rule, match: ORDER, times: 1 });
  const withholds = rule.effect.kind === 'hang' || rule.effect.kind === 'slowBody';
  const seen = await attempt(venue, 'id-1', withholds ? IMPATIENT_MS : PATIENT_MS);
  return { seen, accepted: acceptedWith(venue, 'id-1'), fired: venue.counters().faultsFired };
}

describe('before acceptance', () => {
  test.each([...EITHER_SIDE, ...BEFORE_ONLY])('%s leaves no order behind', async (_, effect, error) => {
    expect(await withFault({ when: 'before', effect })).toEqual({ seen: error, accepted: 0, fired: 1 });
  });
});

describe('after acceptance', () => {
  test.each(EITHER_SIDE)('%s hides an order that was accepted exactly once', async (_, effect, error) => {
    expect(await withFault({ when: 'after', effect })).toEqual({ seen: error, accepted: 1, fired: 1 });
  });

  test('a truncated answer hides an order that was accepted exactly once', async () => {
    expect(await withFault({ when: 'after', effect: { kind: 'truncate' } })).toEqual({ seen: 'TypeError', accepted: 1, fired: 1 });
  });

  test('a slow body delays the truth and does not change it', async () => {
    const effect = { kind: 'slowBody', delayMs: 2 * IMPATIENT_MS } as const;
    expect(await withFault({ when: 'after', effect })).toEqual({ seen: 'open', accepted: 1, fired: 1 });
  });

  test('sending the same client id again is refused as a duplicate, so one order remains', async () => {
    const { venue } = await startFixture();
    venue.faults.add({ match: ORDER, when: 'after', effect: { kind: 'drop' }, times: 1 });
    expect(await attempt(venue, 'id-1')).toBe('NetworkError');
    expect(await attempt(venue, 'id-1')).toBe('InvalidOrder');
    expect(acceptedWith(venue, 'id-1')).toBe(1);
  });
});

describe('fault rules', () => {
  test('hit only their method and path, as often as they say, and then are gone', async () => {
    const { venue } = await startFixture();
    venue.faults.add({ match: ORDER, when: 'before', effect: { kind: 'drop' }, times: 2 });
    expect((await call(venue.url, { path: '/fapi/v1/time' })).status).toBe(200);
    expect(await attempt(venue, 'a')).toBe('NetworkError');
    expect(await attempt(venue, 'b')).toBe('NetworkError');
    expect(await attempt(venue, 'c')).toBe('open');
  });

  test('can be set and cleared over HTTP', async () => {
    const { venue } = await startFixture();
    const rules = [{ match: { path: '/fapi/v1/time' }, when: 'before', effect: { kind: 'answer', status: 418, body: 'no' }, times: 9 }];
    const set = await call(venue.url, { method: 'POST', path: '/__sim/faults', body: JSON.stringify({ rules, clockSkewMs: 500 }) });
    expect(set.status).toBe(200);
    expect((await call(venue.url, { path: '/fapi/v1/time' })).status).toBe(418);
    await call(venue.url, { method: 'DELETE', path: '/__sim/faults' });
    expect((await call(venue.url, { path: '/fapi/v1/time' })).text).toBe(`{"serverTime":${T0}}`);
  });

  test.each([
    ['a misspelt effect', { rules: [{ match: { path: '/x' }, when: 'before', effect: { kind: 'explode' }, times: 1 }], clockSkewMs: 0 }, 'effect'],
    ['a slow body before the answer exists', { rules: [{ match: { path: '/x' }, when: 'before', effect: { kind: 'slowBody', delayMs: 1 }, times: 1 }], clockSkewMs: 0 }, '"after"'],
    ['no clock skew', { rules: [] }, 'clockSkewMs'],
  ])('with %s are refused with the reason', async (_, settings, reason) => {
    const { venue } = await startFixture();
    const reply = await call(venue.url, { method: 'POST', path: '/__sim/faults', body: JSON.stringify(settings) });
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toMatchObject({ msg: expect.stringContaining(reason) });
  });
});
