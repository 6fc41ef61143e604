import { describe, expect, test } from 'vitest';
import { createCcxtVenue } from '../../../../functions/src/adapters/venue-ccxt/create-ccxt-venue.ts';
import { originOf } from '../../../../functions/src/adapters/venue-ccxt/venue-origin.ts';
import { createWireFetch } from '../../../../functions/src/adapters/venue-ccxt/wire-fetch.ts';
import { price, qty } from '../../../../functions/src/domain/money/units.ts';
import type { StopRequest } from '../../../../functions/src/domain/order/protective-stop.ts';
import type { OrderRequest } from '../../../../functions/src/domain/order/venue-order.ts';
import { NOW, json, scriptedVenue } from './scripted-venue.ts';

const MARKET_BUY: OrderRequest = {
  clientOrderId: 'pc-abc-0-1',
  symbol: 'BTCUSDT',
  side: 'buy',
  positionSide: 'long',
  reducing: false,
  qty: qty('0.12'),
  armedAt: NOW,
  type: 'market',
};
const REF = { symbol: 'BTCUSDT', clientOrderId: 'pc-abc-0-1' };
const STOP: StopRequest = {
  clientStopId: 'pc-abc-s1',
  symbol: 'BTCUSDT',
  positionSide: 'long',
  kind: 'stopLoss',
  triggerPrice: price('49000'),
  armedAt: NOW,
};

describe('where requests go', () => {
  test('each environment has one host', () => {
    expect(originOf({ env: 'prod' })).toBe('https://fapi.binance.com');
    expect(originOf({ env: 'testnet' })).toBe('https://demo-fapi.binance.com');
    expect(originOf({ env: 'local', baseUrl: 'http://127.0.0.1:8080/' })).toBe('http://127.0.0.1:8080');
  });

  test.each(['https://fapi.binance.com', 'http://10.0.0.7:8080', 'http://127.0.0.1.example.com', 'ftp://127.0.0.1', 'nonsense'])(
    'a local venue at %s is refused',
    (baseUrl) => {
      expect(() => originOf({ env: 'local', baseUrl })).toThrow(`baseUrl is ${JSON.stringify(baseUrl)}`);
    },
  );

  test('a URL of another host is not called', async () => {
    const fetch = createWireFetch('http://127.0.0.1:9', 100);
    await expect(fetch('https://api.binance.com/sapi/v1/capital/config/getall', { method: 'GET', headers: {} })).rejects.toThrow(
      'refused to call https://api.binance.com/sapi/v1/capital/config/getall',
    );
  });

  test('empty credentials are refused', () => {
    const clock = { now: () => NOW, sleep: () => Promise.resolve() };
    expect(() => createCcxtVenue({ env: 'prod', apiKey: '', apiSecret: 's', clock, writeGate: { kind: 'open' } })).toThrow('must not be empty');
  });
});

describe('the write gate', () => {
  test('closed, it keeps every mutation in and lets reads through', async () => {
    const { venue, script, requests } = await scriptedVenue({ writeGate: { kind: 'closed', reason: 'ALLOW_PROD_WRITE is not set' } });
    const refused = { kind: 'refusedByWriteGate', reason: 'ALLOW_PROD_WRITE is not set' };
    expect(await venue.place(MARKET_BUY)).toEqual(refused);
    expect(await venue.cancel(REF)).toEqual(refused);
    expect(await venue.placeStop(STOP)).toEqual(refused);
    expect(await venue.cancelStop(STOP)).toEqual(refused);
    expect(await venue.setLeverage('BTCUSDT', 5)).toEqual(refused);
    expect(requests).toEqual([]);
    script['GET /fapi/v3/positionRisk'] = json([]);
    expect(await venue.positions()).toEqual({ kind: 'found', value: [], asOf: NOW });
  });
});

describe('the position mode', () => {
  test('is asked once for orders and decides the payload', async () => {
    const { venue, script, requests, countOf } = await scriptedVenue();
    script['GET /fapi/v1/accountConfig'] = json({ dualSidePosition: false });
    script['POST /fapi/v1/order'] = json({ code: -2019, msg: 'Margin is insufficient.' }, 400);
    await venue.place(MARKET_BUY);
    await venue.place({ ...MARKET_BUY, side: 'sell', reducing: true });
    expect(requests.at(-2)?.params).not.toHaveProperty('positionSide');
    expect(requests.at(-1)?.params).toMatchObject({ side: 'SELL', reduceOnly: 'true' });
    expect(countOf('GET /fapi/v1/accountConfig')).toBe(1);
  });

  test('is asked again after the venue refused an order over it', async () => {
    const { venue, script, countOf } = await scriptedVenue();
    script['POST /fapi/v1/order'] = json({ code: -4061, msg: "Order's position side does not match user's setting." }, 400);
    expect(await venue.place(MARKET_BUY)).toMatchObject({ kind: 'rejected', code: 'positionModeMismatch' });
    await venue.place(MARKET_BUY);
    expect(countOf('GET /fapi/v1/accountConfig')).toBe(2);
  });

  test('changed at the venue, it is seen by the next look at the account, and orders go by it', async () => {
    const { venue, script, requests } = await scriptedVenue();
    script['GET /fapi/v3/account'] = json({ assets: [] });
    script['POST /fapi/v1/order'] = json({ code: -2019, msg: 'Margin is insufficient.' }, 400);
    script['GET /fapi/v1/accountConfig'] = json({ dualSidePosition: false });
    expect(await venue.account()).toMatchObject({ value: { positionMode: 'oneWay' } });
    script['GET /fapi/v1/accountConfig'] = json({ dualSidePosition: true });
    expect(await venue.account()).toMatchObject({ value: { positionMode: 'hedge' } });
    await venue.place(MARKET_BUY);
    expect(requests.at(-1)?.params).toMatchObject({ positionSide: 'LONG' });
  });

  test('that cannot be asked again is no older one, and orders still go by what was known', async () => {
    const { venue, script, countOf } = await scriptedVenue();
    script['GET /fapi/v3/account'] = json({ assets: [] });
    expect(await venue.account()).toMatchObject({ kind: 'found' });
    script['GET /fapi/v1/accountConfig'] = json('', 500);
    expect(await venue.account()).toMatchObject({ kind: 'unavailable', cause: expect.stringContaining('position mode') });
    script['POST /fapi/v1/order'] = json({ code: -2019, msg: 'Margin is insufficient.' }, 400);
    await venue.place(MARKET_BUY);
    expect(countOf('POST /fapi/v1/order')).toBe(1);
  });

  test('unknown, it keeps the order from being sent', async () => {
    const { venue, script, countOf } = await scriptedVenue();
    script['GET /fapi/v1/accountConfig'] = json('', 500);
    expect(await venue.place(MARKET_BUY)).toMatchObject({ kind: 'notPlaced' });
    expect(await venue.account()).toMatchObject({ kind: 'unavailable', cause: expect.stringContaining('position mode') });
    expect(countOf('POST /fapi/v1/order')).toBe(0);
  });
});

test('a request that contradicts itself is rejected without being sent', async () => {
  const { venue, countOf } = await scriptedVenue();
  expect(await venue.place({ ...MARKET_BUY, side: 'sell' })).toMatchObject({ kind: 'rejected', code: 'other', venueCode: 'not sent' });
  expect(countOf('POST /fapi/v1/order')).toBe(0);
});

describe('answers that mean something of their own', () => {
  test('a duplicated client order id is a refusal to be followed by a look-up', async () => {
    const { venue, script } = await scriptedVenue();
    script['POST /fapi/v1/order'] = json({ code: -4116, msg: 'ClientOrderId is duplicated.' }, 400);
    expect(await venue.place(MARKET_BUY)).toMatchObject({ kind: 'rejected', code: 'duplicateClientOrderId', venueCode: '-4116' });
  });

  test('cancelling an order that is not open is a question, not an answer', async () => {
    const { venue, script } = await scriptedVenue();
    script['DELETE /fapi/v1/order'] = json({ code: -2011, msg: 'Unknown order sent.' }, 400);
    expect(await venue.cancel(REF)).toEqual({ kind: 'unknownOrder' });
  });

  test('only "order does not exist" is absent, as of when it was asked', async () => {
    const { venue, script } = await scriptedVenue();
    script['GET /fapi/v1/order'] = json({ code: -2013, msg: 'Order does not exist.' }, 400);
    expect(await venue.findOrder(REF)).toEqual({ kind: 'absent', asOf: NOW });
    script['GET /fapi/v1/order'] = json({ code: -1121, msg: 'Invalid symbol.' }, 400);
    expect((await venue.findOrder(REF)).kind).toBe('unavailable');
  });

  test('leverage that already is so counts as set; one that is not allowed is rejected', async () => {
    const { venue, script } = await scriptedVenue();
    script['POST /fapi/v1/leverage'] = json({ code: -4046, msg: 'No need to change.' }, 400);
    expect(await venue.setLeverage('BTCUSDT', 5)).toEqual({ kind: 'accepted' });
    script['POST /fapi/v1/leverage'] = json({ code: -4028, msg: 'Leverage 500 is not valid' }, 400);
    expect(await venue.setLeverage('BTCUSDT', 500)).toMatchObject({ kind: 'rejected', code: 'leverageLimit' });
  });
});

function kline(index: number): unknown[] {
  return [NOW + index * 60_000, '1', '2', '0.5', '1.5', '10', NOW + (index + 1) * 60_000 - 1, '1', 1, '1', '1', '0'];
}

describe('candles', () => {
  test('one more is asked for than needed and the open one is dropped', async () => {
    const { venue, script, requests } = await scriptedVenue();
    script['GET /fapi/v1/klines'] = json([kline(-3), kline(-2), kline(-1), kline(0)]);
    const reading = await venue.candles(['BTCUSDT'], '1m', 2);
    expect(requests.at(-1)?.params).toEqual({ symbol: 'BTCUSDT', interval: '1m', limit: '3' });
    if (reading.kind === 'unavailable') throw new Error(reading.cause);
    expect(reading.value[0]?.candles.map(({ closeAt }) => closeAt)).toEqual([NOW - 60_000, NOW]);
  });

  test('no more than 8 symbols are under way at once, and the series keep the order asked', async () => {
    const { venue, script } = await scriptedVenue();
    const symbols = Array.from({ length: 30 }, (_, index) => `S${index}USDT`);
    let [underWay, most] = [0, 0];
    script['GET /fapi/v1/klines'] = (response, request) => {
      underWay += 1;
      most = Math.max(most, underWay);
      setImmediate(() => {
        underWay -= 1;
        json([])(response, request);
      });
    };
    const reading = await venue.candles(symbols, '1h', 10);
    if (reading.kind === 'unavailable') throw new Error(reading.cause);
    expect(reading.value.map(({ symbol }) => symbol)).toEqual(symbols);
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(1);
  });

  test('one failing symbol makes them all unavailable and is named', async () => {
    const { venue, script } = await scriptedVenue();
    script['GET /fapi/v1/klines'] = (response, request) => {
      const reply = request.params['symbol'] === 'BADUSDT' ? json({ code: -1121, msg: 'Invalid symbol.' }, 400) : json([]);
      reply(response, request);
    };
    const reading = await venue.candles(['BTCUSDT', 'BADUSDT'], '1m', 2);
    expect(reading).toMatchObject({ kind: 'unavailable', cause: expect.stringContaining('candles of BADUSDT') });
  });

  test.each([0, 1.5, 1500])('a count of %s is refused', async (count) => {
    const { venue } = await scriptedVenue();
    await expect(venue.candles(['BTCUSDT'], '1m', count)).rejects.toThrow(`count is ${count}`);
  });
});
