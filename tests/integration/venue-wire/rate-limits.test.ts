import { expect, test } from 'vitest';
import { T0 } from '../../unit/domain/matching/exchange-builder.ts';
import { BINANCE_RATE_LIMITS } from '../../../local/venue/rate-limiter.ts';
import { call, codeOf, signedCall } from './raw-client.ts';
import { startFixture } from './venue-fixture.ts';

const TIME = { path: '/fapi/v1/time' };
const ORDER = {
  method: 'POST',
  path: '/fapi/v1/order',
  query: 'symbol=BTCUSDT&side=BUY&positionSide=LONG&type=LIMIT&timeInForce=GTC&quantity=0.1&price=49000',
};
/** Seconds from T0 to the end of its minute and of its ten seconds. */
const TO_MINUTE_S = 20;
const TO_TEN_SECONDS_S = 10;

test('every answer tells the weight used in the minute, by endpoint and parameters', async () => {
  const { venue, at } = await startFixture();
  expect((await call(venue.url, TIME)).headers.get('x-mbx-used-weight-1m')).toBe('1');
  expect((await call(venue.url, { path: '/fapi/v1/premiumIndex' })).headers.get('x-mbx-used-weight-1m')).toBe('11');
  expect((await call(venue.url, { path: '/fapi/v1/depth', query: 'symbol=BTCUSDT&limit=500' })).headers.get('x-mbx-used-weight-1m')).toBe('21');
  at(T0 + TO_MINUTE_S * 1000);
  expect((await call(venue.url, TIME)).headers.get('x-mbx-used-weight-1m')).toBe('1');
});

test('order answers tell the order counts, refused orders included', async () => {
  const { venue } = await startFixture();
  await signedCall(venue.url, ORDER, T0);
  const refused = await signedCall(venue.url, { ...ORDER, query: ORDER.query.replace('49000', '1') }, T0);
  expect(refused.headers.get('x-mbx-order-count-10s')).toBe('2');
  expect(refused.headers.get('x-mbx-order-count-1m')).toBe('2');
});

test('too much weight is answered 429 until the minute is over, and 418 to those who go on', async () => {
  const { venue, at } = await startFixture({ limits: { ...BINANCE_RATE_LIMITS, weightPerMinute: 2, warnings: 1, banMs: 90_000 } });
  await call(venue.url, TIME);
  await call(venue.url, TIME);
  const warned = await call(venue.url, TIME);
  expect([warned.status, codeOf(warned), warned.headers.get('retry-after')]).toEqual([429, -1003, String(TO_MINUTE_S)]);
  const banned = await call(venue.url, TIME);
  expect([banned.status, codeOf(banned), banned.headers.get('retry-after')]).toEqual([418, -1003, '90']);
  expect(banned.text).toContain(`banned until ${T0 + 90_000}`);
  at(T0 + 89_999);
  expect((await call(venue.url, TIME)).status).toBe(418);
  at(T0 + 90_000);
  expect((await call(venue.url, TIME)).status).toBe(200);
});

test('too many orders are refused with -1015 and none of them is accepted', async () => {
  const { venue } = await startFixture({ limits: { ...BINANCE_RATE_LIMITS, ordersPer10Seconds: 1 } });
  expect((await signedCall(venue.url, ORDER, T0)).status).toBe(200);
  const refused = await signedCall(venue.url, ORDER, T0);
  expect([refused.status, codeOf(refused), refused.headers.get('retry-after')]).toEqual([429, -1015, String(TO_TEN_SECONDS_S)]);
  expect(venue.core.state.openOrders['BTCUSDT']).toHaveLength(1);
});
