import { describe, expect, test } from 'vitest';
import type { VenueFill } from '../../../../functions/src/domain/order/venue-order.ts';
import type { Reading } from '../../../../functions/src/domain/found.ts';
import { NOW, type Reply, type ScriptedVenue, json, scriptedVenue } from './scripted-venue.ts';

const USER_TRADES = 'GET /fapi/v1/userTrades';
const WEEK_MS = 7 * 86_400_000;

interface Trade {
  readonly id: number;
  readonly time: number;
  readonly orderId?: number;
  readonly positionSide?: string;
}

function row({ id, time, orderId = 7, positionSide = 'LONG' }: Trade): Record<string, unknown> {
  return {
    symbol: 'BTCUSDT', id, orderId, side: 'SELL', positionSide, price: '1', qty: '1', realizedPnl: '0', commission: '0', commissionAsset: 'USDT',
    maker: true, time,
  };
}

/** Answers as the venue does: by id upward, by time within a window of a week, or the latest of an order. */
function tradesReply(trades: readonly Trade[]): Reply {
  return (response, request) => {
    const { orderId, fromId, startTime, endTime, limit } = request.params;
    if (orderId !== undefined) {
      json(trades.filter((trade) => trade.orderId === Number(orderId)).slice(-Number(limit)).map(row))(response, request);
      return;
    }
    const isWanted =
      fromId === undefined
        ? ({ time }: Trade) => time >= Number(startTime) && time <= Number(endTime)
        : ({ id }: Trade) => id >= Number(fromId);
    json(trades.filter(isWanted).slice(0, Number(limit)).map(row))(response, request);
  };
}

function idsOf(reading: Reading<readonly VenueFill[]>): readonly string[] {
  if (reading.kind === 'unavailable') throw new Error(reading.cause);
  return reading.value.map(({ tradeId }) => tradeId);
}

function pages({ requests }: ScriptedVenue): readonly Readonly<Record<string, string>>[] {
  return requests
    .filter(({ endpoint }) => endpoint === USER_TRADES)
    .map(({ params: { timestamp: _t, recvWindow: _w, signature: _s, ...params } }) => params);
}

describe('fills since a time', () => {
  test('of a quiet symbol take one call, for the week that begins there', async () => {
    const scripted = await scriptedVenue();
    scripted.script[USER_TRADES] = tradesReply([{ id: 5, time: NOW - 10 }, { id: 6, time: NOW - 5 }]);
    expect(idsOf(await scripted.venue.fillsSince('BTCUSDT', NOW - 5))).toEqual(['6']);
    expect(pages(scripted)).toEqual([{ symbol: 'BTCUSDT', limit: '1000', startTime: String(NOW - 5), endTime: String(NOW - 5 + WEEK_MS) }]);
  });

  test('that fill a page go on by id until a page is not full, each once', async () => {
    const scripted = await scriptedVenue();
    const trades = Array.from({ length: 2000 }, (_, index) => ({ id: 100 + index, time: NOW - 10 }));
    scripted.script[USER_TRADES] = tradesReply(trades);
    expect(idsOf(await scripted.venue.fillsSince('BTCUSDT', NOW - 10))).toEqual(trades.map(({ id }) => String(id)));
    expect(pages(scripted).map((page) => page['fromId'])).toEqual([undefined, '1100', '2100']);
  });

  test('are looked for week by week, and by id from the first one found', async () => {
    const scripted = await scriptedVenue();
    const since = NOW - 3 * WEEK_MS;
    scripted.script[USER_TRADES] = tradesReply([{ id: 5, time: since + WEEK_MS + 1 }, { id: 9, time: NOW - 1 }]);
    expect(idsOf(await scripted.venue.fillsSince('BTCUSDT', since))).toEqual(['5', '9']);
    const places = pages(scripted).map((page) => page['fromId'] ?? Number(page['startTime']) - since);
    expect(places).toEqual([0, WEEK_MS + 1, '6']);
  });

  test('are given oldest first, by id as a number', async () => {
    const { venue, script } = await scriptedVenue();
    script[USER_TRADES] = json([10, 9, 100].map((id) => row({ id, time: NOW })));
    expect(idsOf(await venue.fillsSince('BTCUSDT', NOW))).toEqual(['9', '10', '100']);
  });

  test('are unavailable rather than incomplete when the venue never comes to an end', async () => {
    const { venue, script, countOf } = await scriptedVenue();
    script[USER_TRADES] = json([]);
    expect(await venue.fillsSince('BTCUSDT', 0)).toMatchObject({ kind: 'unavailable', cause: expect.stringContaining('ask from a later time') });
    expect(countOf(USER_TRADES)).toBe(50);
  });

  test('are unavailable when one page fails', async () => {
    const { venue, script } = await scriptedVenue();
    const first = tradesReply(Array.from({ length: 1000 }, (_, id) => ({ id, time: NOW })));
    script[USER_TRADES] = (response, request) => {
      const reply = request.params['fromId'] === undefined ? first : json('', 502);
      reply(response, request);
    };
    expect((await venue.fillsSince('BTCUSDT', NOW)).kind).toBe('unavailable');
  });
});

describe('fills of one order', () => {
  const REF = { symbol: 'BTCUSDT', clientOrderId: 'pc-abc-t1', venueOrderId: '7' };
  const ORDER = 'GET /fapi/v1/order';
  const PLACED = { symbol: 'BTCUSDT', orderId: 7, time: NOW - 5000 };
  /** Every third trade is of another order. */
  const MANY = Array.from({ length: 2250 }, (_, index) => ({ id: 100 + index, orderId: index % 3 === 2 ? 8 : 7, time: NOW - 4000 + index }));
  const BEFORE = { id: 99, orderId: 6, time: NOW - 6000 };
  const idsOfOrder = MANY.filter(({ orderId }) => orderId === 7).map(({ id }) => String(id));

  test('that are fewer than a page take one call', async () => {
    const scripted = await scriptedVenue();
    scripted.script[USER_TRADES] = tradesReply(MANY.slice(0, 30));
    expect(idsOf(await scripted.venue.fillsOfOrder(REF))).toEqual(idsOfOrder.slice(0, 20));
    expect(pages(scripted)).toEqual([{ symbol: 'BTCUSDT', orderId: '7', limit: '1000' }]);
  });

  test('that fill a page are all read from when the order was placed, those of other orders left out', async () => {
    const scripted = await scriptedVenue();
    scripted.script[USER_TRADES] = tradesReply([BEFORE, ...MANY]);
    scripted.script[ORDER] = json(PLACED);
    expect(idsOfOrder).toHaveLength(1500);
    expect(idsOf(await scripted.venue.fillsOfOrder(REF))).toEqual(idsOfOrder);
    expect(pages(scripted).slice(1).map((page) => page['fromId'] ?? page['startTime'])).toEqual([String(PLACED.time), '1100', '2100']);
  });

  test('that fill a page exactly are these and no others', async () => {
    const { venue, script } = await scriptedVenue();
    script[USER_TRADES] = tradesReply([BEFORE, ...MANY.slice(0, 1500)]);
    script[ORDER] = json(PLACED);
    expect(idsOf(await venue.fillsOfOrder(REF))).toEqual(idsOfOrder.slice(0, 1000));
  });

  test.each([
    ['the order cannot be read', { code: -2013, msg: 'Order does not exist.' }],
    ['the answer is about another order', { ...PLACED, orderId: 8 }],
    ['the order does not say when it was placed', { ...PLACED, time: undefined }],
  ])('that fill a page are unavailable rather than incomplete when %s', async (_why, answer) => {
    const { venue, script } = await scriptedVenue();
    script[USER_TRADES] = tradesReply(MANY);
    script[ORDER] = json(answer, 'code' in answer ? 400 : 200);
    expect((await venue.fillsOfOrder(REF)).kind).toBe('unavailable');
  });

  test('that fill a page are unavailable rather than incomplete when a later page fails', async () => {
    const { venue, script } = await scriptedVenue();
    script[ORDER] = json(PLACED);
    script[USER_TRADES] = (response, request) => {
      const reply = request.params['fromId'] === undefined ? tradesReply(MANY) : json('', 502);
      reply(response, request);
    };
    expect((await venue.fillsOfOrder(REF)).kind).toBe('unavailable');
  });
});

describe('fills in one-way mode', () => {
  const order = { clientOrderId: 'x', symbol: 'BTCUSDT', side: 'SELL', positionSide: 'BOTH', type: 'MARKET', status: 'FILLED', origQty: '1', price: '0' };
  const closing = { ...order, executedQty: '1', avgPrice: '1', updateTime: NOW, reduceOnly: true, closePosition: false };

  test('take their side from their order, which is read once', async () => {
    const { venue, script, requests, countOf } = await scriptedVenue();
    const both = { time: NOW, positionSide: 'BOTH' };
    script[USER_TRADES] = json([row({ ...both, id: 1, orderId: 7 }), row({ ...both, id: 2, orderId: 7 }), row({ ...both, id: 3, orderId: 8 })]);
    script['GET /fapi/v1/order'] = (response, request) => {
      const orderId = Number(request.params['orderId']);
      json({ ...closing, orderId, reduceOnly: orderId === 7 })(response, request);
    };
    const fills = await venue.fillsSince('BTCUSDT', NOW);
    expect(fills).toMatchObject({ kind: 'found', value: [{ positionSide: 'long' }, { positionSide: 'long' }, { positionSide: 'short' }] });
    expect(countOf('GET /fapi/v1/order')).toBe(2);
    expect(requests.at(-1)?.params).not.toHaveProperty('origClientOrderId');
  });

  test('are unavailable when their order cannot be read', async () => {
    const { venue, script } = await scriptedVenue();
    script[USER_TRADES] = json([row({ id: 1, time: NOW, positionSide: 'BOTH' })]);
    script['GET /fapi/v1/order'] = json({ code: -2013, msg: 'Order does not exist.' }, 400);
    expect(await venue.fillsSince('BTCUSDT', NOW)).toMatchObject({ kind: 'unavailable', cause: expect.stringContaining('fills of order 7') });
  });
});
