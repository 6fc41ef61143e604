import { expect, test } from 'vitest';
import { NOW, json, scriptedVenue } from './scripted-venue.ts';

const OPEN_ORDERS = 'GET /fapi/v1/openOrders';
const THEIRS = {
  orderId: 8, clientOrderId: 'web_abc', symbol: 'BTCUSDT', side: 'SELL', positionSide: 'LONG', type: 'LIMIT', status: 'NEW', origQty: '0.1', price: '60000',
  executedQty: '0', avgPrice: '0', reduceOnly: false, closePosition: false, updateTime: NOW,
};
const OURS = { ...THEIRS, orderId: 7, clientOrderId: 'pc-abc-m1' };
const OF_ANOTHER_SHAPE = [
  ['a status we do not know', { status: 'PAUSED' }],
  ['a side we do not know', { positionSide: 'NEITHER' }],
  ['no quantity in digits', { origQty: 'all' }],
  ['no time', { updateTime: undefined }],
] as const;

test('all resting orders of all symbols are listed in one call, those of others with ours', async () => {
  const { venue, script, countOf } = await scriptedVenue();
  script[OPEN_ORDERS] = json([THEIRS, OURS]);
  expect(await venue.openOrders()).toMatchObject({ kind: 'found', value: [{ clientOrderId: 'web_abc' }, { clientOrderId: 'pc-abc-m1' }] });
  expect(countOf(OPEN_ORDERS)).toBe(1);
});

test.each(OF_ANOTHER_SHAPE)("somebody else's order with %s is left out of the list, which shows all others", async (_name, change) => {
  const { venue, script } = await scriptedVenue();
  script[OPEN_ORDERS] = json([{ ...THEIRS, orderId: 9, ...change }, THEIRS, OURS]);
  expect(await venue.openOrders()).toMatchObject({ kind: 'found', value: [{ venueOrderId: '8' }, { venueOrderId: '7' }] });
});

test.each([
  ...OF_ANOTHER_SHAPE.map(([name, change]) => [`an order of ours with ${name}`, { ...OURS, ...change }] as const),
  ['an order without a name', { ...THEIRS, clientOrderId: undefined }] as const,
  ['an order whose name is no text', { ...THEIRS, clientOrderId: null }] as const,
])('%s makes the list unavailable', async (_name, row) => {
  const { venue, script } = await scriptedVenue();
  script[OPEN_ORDERS] = json([THEIRS, row]);
  expect((await venue.openOrders()).kind).toBe('unavailable');
});
