import { describe, expect, test } from 'vitest';
import { price } from '../../../../functions/src/domain/money/units.ts';
import type { StopRequest } from '../../../../functions/src/domain/order/protective-stop.ts';
import { NOW, type Reply, json, reset, scriptedVenue, silence, stalledBody } from './scripted-venue.ts';

const ALGO_ORDER = '/fapi/v1/algoOrder';
const STOP: StopRequest = {
  clientStopId: 'pc-abc-s1',
  symbol: 'BTCUSDT',
  positionSide: 'long',
  kind: 'stopLoss',
  triggerPrice: price('49000'),
  armedAt: NOW,
};
const REF = { symbol: 'BTCUSDT', clientStopId: 'pc-abc-s1' };
/** As text, because its id does not survive JSON.stringify. */
const STOP_TEXT =
  '{"algoId":8389765000000000003,"clientAlgoId":"pc-abc-s1","algoType":"CONDITIONAL","orderType":"STOP_MARKET","symbol":"BTCUSDT",' +
  '"side":"SELL","positionSide":"LONG","quantity":"0","algoStatus":"NEW","triggerPrice":"49000.00","workingType":"MARK_PRICE",' +
  `"closePosition":true,"reduceOnly":true,"createTime":${NOW},"updateTime":${NOW}}`;
const CANCELED = json({ algoId: 3, clientAlgoId: 'pc-abc-s1', code: '200', msg: 'success' });

describe('placing a protective stop', () => {
  test('sends the closing payload, signed with the time at which it was armed, however late it is sent', async () => {
    const { venue, script, requests, clock } = await scriptedVenue();
    script[`POST ${ALGO_ORDER}`] = json(STOP_TEXT);
    clock.now = NOW + 4000;
    expect(await venue.placeStop(STOP)).toMatchObject({ kind: 'accepted', stop: { venueStopId: '8389765000000000003', status: 'working' } });
    const { signature, ...params } = requests.at(-1)?.params ?? {};
    expect(signature).toMatch(/^[0-9a-f]{64}$/);
    expect(params).toEqual({
      timestamp: String(NOW),
      recvWindow: '5000',
      algoType: 'CONDITIONAL',
      symbol: 'BTCUSDT',
      side: 'SELL',
      positionSide: 'LONG',
      type: 'STOP_MARKET',
      triggerPrice: '49000',
      workingType: 'MARK_PRICE',
      closePosition: 'true',
      clientAlgoId: 'pc-abc-s1',
      newOrderRespType: 'RESULT',
    });
  });

  test('the position mode is asked again after the venue refused a stop over it', async () => {
    const { venue, script, countOf } = await scriptedVenue();
    script[`POST ${ALGO_ORDER}`] = json({ code: -4061, msg: "Order's position side does not match user's setting." }, 400);
    expect(await venue.placeStop(STOP)).toMatchObject({ kind: 'rejected', code: 'positionModeMismatch' });
    await venue.placeStop(STOP);
    expect(countOf('GET /fapi/v1/accountConfig')).toBe(2);
  });

  test('an unusable id is rejected without being sent', async () => {
    const { venue, countOf } = await scriptedVenue();
    expect(await venue.placeStop({ ...STOP, clientStopId: 'no spaces' })).toMatchObject({ kind: 'rejected', code: 'other', venueCode: 'not sent' });
    expect(countOf(`POST ${ALGO_ORDER}`)).toBe(0);
  });
});

test('a cancel answers that it is done, and names the stop by our id', async () => {
  const { venue, script, requests } = await scriptedVenue();
  script[`DELETE ${ALGO_ORDER}`] = CANCELED;
  expect(await venue.cancelStop(REF)).toEqual({ kind: 'canceled' });
  expect(requests.at(-1)?.params).toMatchObject({ symbol: 'BTCUSDT', clientAlgoId: 'pc-abc-s1' });
});

test('all stops of all symbols are listed in one call, foreign ones with their own shape', async () => {
  const { venue, script, countOf } = await scriptedVenue();
  const trailing = STOP_TEXT.replace('STOP_MARKET', 'TRAILING_STOP_MARKET').replace('"closePosition":true', '"closePosition":false').replace('49000.00', '');
  script['GET /fapi/v1/openAlgoOrders'] = json(`[${STOP_TEXT},${trailing}]`);
  expect(await venue.openStops()).toMatchObject({ kind: 'found', value: [{ kind: 'stopLoss' }, { kind: 'other', triggerPrice: null }] });
  expect(countOf('GET /fapi/v1/openAlgoOrders')).toBe(1);
});

const OURS = STOP_TEXT.replace('pc-abc-s1', 'pcs-abc');
const OF_ANOTHER_SHAPE: readonly (readonly [string, string, string])[] = [
  ['a status we do not know', '"NEW"', '"PAUSED"'],
  ['no flag for closing the position', '"closePosition":true,', ''],
  ['no trigger price in digits', '"49000.00"', '"none"'],
  ['no time', `"createTime":${NOW},`, ''],
];

test.each(OF_ANOTHER_SHAPE)("somebody else's conditional order with %s is left out of the list, which shows our stops all the same", async (_name, text, other) => {
  const { venue, script } = await scriptedVenue();
  script['GET /fapi/v1/openAlgoOrders'] = json(`[${STOP_TEXT.replace(text, other)},${OURS}]`);
  expect(await venue.openStops()).toMatchObject({ kind: 'found', value: [{ clientStopId: 'pcs-abc', kind: 'stopLoss' }] });
});

test.each([
  ...OF_ANOTHER_SHAPE.map(([name, text, other]) => [`a stop of ours with ${name}`, OURS.replace(text, other)] as const),
  ['a conditional order without a name', STOP_TEXT.replace('"clientAlgoId":"pc-abc-s1",', '')] as const,
  ['a conditional order whose name is no text', STOP_TEXT.replace('"pc-abc-s1"', 'null')] as const,
])('%s makes the list unavailable', async (_name, row) => {
  const { venue, script } = await scriptedVenue();
  script['GET /fapi/v1/openAlgoOrders'] = json(`[${STOP_TEXT},${row}]`);
  expect((await venue.openStops()).kind).toBe('unavailable');
});

test.each<[string, Reply]>([
  ['a stalled body', stalledBody],
  ['silence', silence],
  ['a reset connection', reset],
  ['an empty 2xx', json('')],
  ['a truncated 2xx', json(STOP_TEXT.slice(0, 80))],
  ['a 2xx of another shape', json({ result: 'ok' })],
  ['a status we do not know', json(STOP_TEXT.replace('"NEW"', '"PENDING"'))],
  ['a 502', json('<html>Bad Gateway</html>', 502)],
  ['an unknown error', json({ code: -1000, msg: 'Unknown error, please check your request or try again later.' }, 503)],
])('%s is ambiguous for a stop and its cancel, unavailable for a read, and sent once', async (_name, reply) => {
  const { venue, script, countOf } = await scriptedVenue({ deadlineMs: 150 });
  for (const method of ['POST', 'DELETE', 'GET']) script[`${method} ${ALGO_ORDER}`] = reply;
  expect((await venue.placeStop(STOP)).kind).toBe('ambiguous');
  expect((await venue.cancelStop(REF)).kind).toBe('ambiguous');
  expect((await venue.findStop(REF)).kind).toBe('unavailable');
  expect(['POST', 'DELETE', 'GET'].map((method) => countOf(`${method} ${ALGO_ORDER}`))).toEqual([1, 1, 1]);
});
