import { describe, expect, test } from 'vitest';
import { T0 } from '../../unit/domain/matching/exchange-builder.ts';
import { call, codeOf, sign, signedCall } from './raw-client.ts';
import { API_KEY, startFixture } from './venue-fixture.ts';

const ACCOUNT = '/fapi/v3/account';
const ORDER = 'symbol=BTCUSDT&side=BUY&positionSide=LONG&type=LIMIT&timeInForce=GTC&quantity=0.1&price=49000';

describe('a signed request', () => {
  test('is answered when key, signature and time are right', async () => {
    const { venue } = await startFixture();
    const reply = await signedCall(venue.url, { path: ACCOUNT }, T0);
    expect([reply.status, codeOf(reply)]).toEqual([200, null]);
  });

  test.each([
    ['without a key', null, 401, -2014],
    ['with a key of a wrong alphabet', 'a key', 401, -2014],
    ['with another key', 'otherKey', 401, -2015],
  ])('%s is refused', async (_, apiKey, status, code) => {
    const { venue } = await startFixture();
    const payload = `timestamp=${T0}`;
    const reply = await call(venue.url, { path: ACCOUNT, query: `${payload}&signature=${sign(payload)}`, apiKey });
    expect([reply.status, codeOf(reply)]).toEqual([status, code]);
  });

  test.each([
    ['of another secret', sign(`timestamp=${T0}`, 'wrong')],
    ['that is not hexadecimal', 'zz'],
    ['of another text', sign(`timestamp=${T0 + 1}`)],
  ])('with a signature %s is refused', async (_, signature) => {
    const { venue } = await startFixture();
    const reply = await call(venue.url, { path: ACCOUNT, query: `timestamp=${T0}&signature=${signature}`, apiKey: API_KEY });
    expect([reply.status, codeOf(reply)]).toEqual([400, -1022]);
  });

  test('without a signature is refused', async () => {
    const { venue } = await startFixture();
    expect(codeOf(await call(venue.url, { path: ACCOUNT, query: `timestamp=${T0}`, apiKey: API_KEY }))).toBe(-1102);
  });

  test('is verified on the raw text, whatever its encoding', async () => {
    const { venue } = await startFixture();
    const payload = `newClientOrderId=a%3Ab%2fc&${ORDER}&timestamp=${T0}`;
    const reply = await call(venue.url, { method: 'POST', path: '/fapi/v1/order', body: `${payload}&signature=${sign(payload)}`, apiKey: API_KEY });
    expect(reply.status).toBe(200);
    expect(venue.core.state.openOrders['BTCUSDT']?.[0]?.clientOrderId).toBe('a:b/c');
  });

  test('may carry parameters in query and body, signed one after the other', async () => {
    const { venue } = await startFixture();
    const body = `quantity=0.1&price=49000&timestamp=${T0}`;
    const query = 'symbol=BTCUSDT&side=BUY&positionSide=LONG&type=LIMIT&timeInForce=GTC';
    const signed = `${body}&signature=${sign(query + body)}`;
    const reply = await call(venue.url, { method: 'POST', path: '/fapi/v1/order', query, body: signed, apiKey: API_KEY });
    expect(reply.status).toBe(200);
  });

  test.each([
    ['at the edge of recvWindow', T0 - 5000, '', null],
    ['older than recvWindow', T0 - 5001, '', -1021],
    ['older than its own recvWindow', T0 - 101, 'recvWindow=100', -1021],
    ['less than a second ahead', T0 + 999, '', null],
    ['a second ahead', T0 + 1000, '', -1021],
    ['with an excessive recvWindow', T0, 'recvWindow=60001', -1131],
  ])('%s is judged by the clock of the venue', async (_, timestamp, query, code) => {
    const { venue } = await startFixture();
    expect(codeOf(await signedCall(venue.url, { path: ACCOUNT, query }, timestamp))).toBe(code);
  });

  test('is judged by a skewed clock when the venue is told to have one', async () => {
    const { venue } = await startFixture();
    venue.faults.clockSkewMs = 20_000;
    expect(codeOf(await signedCall(venue.url, { path: ACCOUNT }, T0))).toBe(-1021);
    const time = await call(venue.url, { path: '/fapi/v1/time' });
    expect(time.text).toBe(`{"serverTime":${T0 + 20_000}}`);
  });
});

test('the venue never goes back behind a time it was advanced to', async () => {
  const { venue } = await startFixture();
  venue.advanceTo(T0 + 5000);
  expect((await call(venue.url, { path: '/fapi/v1/time' })).text).toBe(`{"serverTime":${T0 + 5000}}`);
});

describe('a request that the venue does not know', () => {
  test.each([
    ['another path', 'GET', '/fapi/v1/nothing', '', 404, -5000],
    ['another method', 'PUT', '/fapi/v1/order', '', 404, -5000],
    ['an unknown parameter', 'GET', '/fapi/v1/time', 'x=1', 400, -1104],
    ['a parameter twice', 'GET', '/fapi/v1/depth', 'symbol=BTCUSDT&symbol=BTCUSDT', 400, -1101],
    ['an empty parameter', 'GET', '/fapi/v1/depth', 'symbol=', 400, -1105],
    ['a missing parameter', 'GET', '/fapi/v1/depth', '', 400, -1102],
    ['an unknown symbol', 'GET', '/fapi/v1/depth', 'symbol=X', 400, -1121],
    ['a depth limit that is not offered', 'GET', '/fapi/v1/depth', 'symbol=BTCUSDT&limit=7', 400, -1130],
    ['an interval that is not offered', 'GET', '/fapi/v1/klines', 'symbol=BTCUSDT&interval=7m', 400, -1120],
  ])('by %s is refused', async (_, method, path, query, status, code) => {
    const { venue } = await startFixture();
    const reply = await call(venue.url, { method, path, query });
    expect([reply.status, codeOf(reply)]).toEqual([status, code]);
  });

  test.each([
    ['a field of conditional orders on a plain one', `${ORDER}&stopPrice=1`, -1106],
    ['a conditional type on the order endpoint', ORDER.replace('type=LIMIT', 'type=STOP_MARKET&stopPrice=1'), -4120],
    ['a boolean that is none', `${ORDER}&reduceOnly=maybe`, -1130],
    ['a response type that is none', `${ORDER}&newOrderRespType=FULL`, -1130],
  ])('as an order with %s is refused', async (_, query, code) => {
    const { venue } = await startFixture();
    const reply = await signedCall(venue.url, { method: 'POST', path: '/fapi/v1/order', query }, T0);
    expect(codeOf(reply)).toBe(code);
    expect(venue.core.state.openOrders['BTCUSDT'] ?? []).toEqual([]);
  });
});
