import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { price, qty } from '../../../../functions/src/domain/money/units.ts';
import type { OrderRequest } from '../../../../functions/src/domain/order/venue-order.ts';
import { NOW, type Reply, json, reset, scriptedVenue, silence, stalledBody } from './scripted-venue.ts';

const POST_ORDER = 'POST /fapi/v1/order';
const GET_ORDER = 'GET /fapi/v1/order';
const REQUEST: OrderRequest = {
  clientOrderId: 'pc-abc-0-1',
  symbol: 'BTCUSDT',
  side: 'buy',
  positionSide: 'long',
  reducing: false,
  qty: qty('0.12'),
  armedAt: NOW,
  type: 'limit',
  price: price('50000.1'),
  timeInForce: 'GTX',
};
const REF = { symbol: 'BTCUSDT', clientOrderId: 'pc-abc-0-1' };
/** As text, because its id does not survive JSON.stringify. */
const ORDER_TEXT =
  '{"orderId":8389765000000000001,"symbol":"BTCUSDT","status":"NEW","clientOrderId":"pc-abc-0-1","price":"50000.10","avgPrice":"0.00",' +
  '"origQty":"0.120","executedQty":"0","cumQuote":"0","timeInForce":"GTX","type":"LIMIT","reduceOnly":false,"closePosition":false,' +
  `"side":"BUY","positionSide":"LONG","updateTime":${NOW}}`;

describe('a signed request', () => {
  test('carries our id, key, time, receive window and a signature over exactly what is sent', async () => {
    const { venue, script, requests } = await scriptedVenue();
    script[POST_ORDER] = json(ORDER_TEXT);
    await venue.place(REQUEST);
    const sent = requests.at(-1);
    const { signature, ...params } = sent?.params ?? {};
    expect(params).toEqual({
      timestamp: String(NOW),
      symbol: 'BTCUSDT',
      side: 'BUY',
      positionSide: 'LONG',
      type: 'LIMIT',
      timeInForce: 'GTX',
      price: '50000.1',
      quantity: '0.12',
      newClientOrderId: 'pc-abc-0-1',
      newOrderRespType: 'RESULT',
      recvWindow: '5000',
    });
    expect(signature).toBe(createHmac('sha256', 'secret').update(new URLSearchParams(params).toString()).digest('hex'));
    expect(sent?.apiKey).toBe('key');
  });

  test('keeps every digit of an id beyond 2^53', async () => {
    const { venue, script } = await scriptedVenue();
    script[POST_ORDER] = json(ORDER_TEXT);
    expect(await venue.place(REQUEST)).toMatchObject({ kind: 'accepted', order: { venueOrderId: '8389765000000000001' } });
  });

  test('bears the time of the venue, measured once', async () => {
    const { venue, script, requests, countOf } = await scriptedVenue();
    script['GET /fapi/v1/time'] = json({ serverTime: NOW + 20_000 });
    script[GET_ORDER] = json(ORDER_TEXT);
    await venue.findOrder(REF);
    await venue.findOrder(REF);
    expect(requests.at(-1)?.params['timestamp']).toBe(String(NOW + 20_000));
    expect(countOf('GET /fapi/v1/time')).toBe(1);
  });

  test('an order bears the time at which it was armed, by the clock of the venue, however late it is sent', async () => {
    const { venue, script, requests, clock } = await scriptedVenue();
    script['GET /fapi/v1/time'] = json({ serverTime: NOW + 20_000 });
    script[POST_ORDER] = json(ORDER_TEXT);
    await venue.account();
    clock.now = NOW + 4000;
    await venue.place(REQUEST);
    expect(requests.at(-1)?.params['timestamp']).toBe(String(NOW + 20_000));
  });

  test('after a refused timestamp nothing was placed and the time is measured anew', async () => {
    const { venue, script, requests, countOf } = await scriptedVenue();
    script[POST_ORDER] = json({ code: -1021, msg: 'Timestamp for this request is outside of the recvWindow.' }, 400);
    expect(await venue.place(REQUEST)).toMatchObject({ kind: 'notPlaced', retryAfterMs: 0 });
    script['GET /fapi/v1/time'] = json({ serverTime: NOW + 7000 });
    script[POST_ORDER] = json(ORDER_TEXT);
    await venue.place(REQUEST);
    expect(countOf('GET /fapi/v1/time')).toBe(2);
    expect(requests.at(-1)?.params['timestamp']).toBe(String(NOW + 7000));
  });

  test('is not sent while the time of the venue cannot be read', async () => {
    const { venue, script, countOf } = await scriptedVenue();
    script['GET /fapi/v1/time'] = json('<html>oops</html>', 502);
    expect((await venue.place(REQUEST)).kind).toBe('notPlaced');
    expect(await venue.positions()).toMatchObject({ kind: 'unavailable' });
    expect(countOf(POST_ORDER)).toBe(0);
  });
});

describe('an order whose answer does not arrive whole', () => {
  test.each<[string, Reply]>([
    ['a stalled body', stalledBody],
    ['silence', silence],
    ['a reset connection', reset],
    ['an empty 2xx', json('')],
    ['an HTML 2xx', json('<html>Welcome</html>')],
    ['a truncated 2xx', json(ORDER_TEXT.slice(0, 80))],
    ['a 2xx of another shape', json({ result: 'ok' })],
    ['a status we do not know', json(ORDER_TEXT.replace('"NEW"', '"PENDING"'))],
    ['a redirect', json('', 307, { location: 'https://example.com/' })],
    ['a 502', json('<html>Bad Gateway</html>', 502)],
    ['an unknown error', json({ code: -1000, msg: 'Unknown error, please check your request or try again later.' }, 503)],
  ])('%s is ambiguous for an order and its cancel, unavailable for a read, and sent once', async (_name, reply) => {
    const { venue, script, countOf } = await scriptedVenue({ deadlineMs: 150 });
    for (const method of ['POST', 'DELETE', 'GET']) script[`${method} /fapi/v1/order`] = reply;
    expect((await venue.place(REQUEST)).kind).toBe('ambiguous');
    expect((await venue.cancel(REF)).kind).toBe('ambiguous');
    expect((await venue.findOrder(REF)).kind).toBe('unavailable');
    expect([countOf(POST_ORDER), countOf('DELETE /fapi/v1/order'), countOf(GET_ORDER)]).toEqual([1, 1, 1]);
  });

  test('the deadline covers the body and is named in the cause', async () => {
    const { venue, script } = await scriptedVenue({ deadlineMs: 150 });
    script[POST_ORDER] = stalledBody;
    const startedAt = performance.now();
    expect(await venue.place(REQUEST)).toEqual({ kind: 'ambiguous', cause: 'POST /fapi/v1/order: no complete answer within 150 ms' });
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  test('a refused connection proves that nothing was placed', async () => {
    const { venue, script, stop } = await scriptedVenue();
    script[GET_ORDER] = json(ORDER_TEXT);
    await venue.account();
    await stop();
    await venue.findOrder(REF); // notices that the kept connection is gone
    expect(await venue.place(REQUEST)).toMatchObject({ kind: 'notPlaced', cause: 'POST /fapi/v1/order: ECONNREFUSED' });
    expect(await venue.findOrder(REF)).toMatchObject({ kind: 'unavailable' });
  });
});

/** Of the window that is under way at NOW. */
const ends = (windowMs: number): number => NOW - (NOW % windowMs) + windowMs;

describe('when the venue asks to stay away', () => {
  test.each([
    [429, 'too many requests'],
    [418, 'a ban'],
  ])('after %i (%s) nothing is called until the time is over', async (status) => {
    const { venue, script, requests, clock } = await scriptedVenue();
    script[POST_ORDER] = json({ code: -1003, msg: 'Too many requests.' }, status, { 'retry-after': '9' });
    expect(await venue.place(REQUEST)).toMatchObject({ kind: 'notPlaced', retryAfterMs: 9000 });
    expect(venue.budget().bannedUntil).toBe(NOW + 9000);
    const sent = requests.length;

    clock.now = NOW + 4000;
    expect(await venue.place(REQUEST)).toMatchObject({ kind: 'notPlaced', retryAfterMs: 5000 });
    expect((await venue.cancel(REF)).kind).toBe('ambiguous');
    expect((await venue.quotes(['BTCUSDT'])).kind).toBe('unavailable');
    expect(requests).toHaveLength(sent);

    clock.now = NOW + 9000;
    script[POST_ORDER] = json(ORDER_TEXT);
    expect((await venue.place(REQUEST)).kind).toBe('accepted');
  });

  test('the order limit stops that order but no reads', async () => {
    const { venue, script } = await scriptedVenue();
    script[POST_ORDER] = json({ code: -1015, msg: 'Too many new orders.' }, 429, { 'retry-after': '3' });
    script[GET_ORDER] = json(ORDER_TEXT);
    expect(await venue.place(REQUEST)).toMatchObject({ kind: 'notPlaced', retryAfterMs: 3000 });
    expect((await venue.findOrder(REF)).kind).toBe('found');
  });

  test('the budget follows the headers of the latest replies', async () => {
    const { venue, script, clock } = await scriptedVenue();
    expect(venue.budget()).toEqual({ lines: {}, bannedUntil: null });
    const headers = { 'x-mbx-used-weight-1m': '41', 'x-mbx-order-count-10s': '2', 'x-mbx-order-count-1m': '5' };
    script[POST_ORDER] = json({ code: -2019, msg: 'Margin is insufficient.' }, 400, headers);
    await venue.place(REQUEST);
    const lines = { weight1m: { used: 41, limit: 2400, until: ends(60_000) }, orders10s: { used: 2, limit: 300, until: ends(10_000) }, orders1m: { used: 5, limit: 1200, until: ends(60_000) } };
    expect(venue.budget()).toEqual({ lines, bannedUntil: null });
    script[GET_ORDER] = json(ORDER_TEXT, 200, { 'x-mbx-used-weight-1m': '42' });
    clock.now = NOW + 10;
    await venue.findOrder(REF);
    expect(venue.budget()).toEqual({ lines: { ...lines, weight1m: { ...lines.weight1m, used: 42 } }, bannedUntil: null });
  });

  test('a header that is no count leaves the budget as it is', async () => {
    const { venue, script } = await scriptedVenue();
    script[GET_ORDER] = json(ORDER_TEXT, 200, { 'x-mbx-used-weight-1m': '9'.repeat(400), 'x-mbx-order-count-1m': '-1' });
    await venue.findOrder(REF);
    expect(venue.budget()).toEqual({ lines: {}, bannedUntil: null });
  });
});
