import { describe, expect, test } from 'vitest';
import { T0 } from '../../unit/domain/matching/exchange-builder.ts';
import { codeOf, signedCall } from './raw-client.ts';
import { type VenueFixture, startFixture } from './venue-fixture.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const MARKET_BUY = 'symbol=BTCUSDT&side=BUY&positionSide=LONG&type=MARKET&quantity=0.01';

/** One market buy in each of four minutes, the last of them now. */
async function fourTrades(): Promise<VenueFixture & { readonly now: number }> {
  const fixture = await startFixture();
  for (let minute = 0; minute < 4; minute++) {
    const time = T0 + minute * MINUTE;
    fixture.at(time);
    await signedCall(fixture.venue.url, { method: 'POST', path: '/fapi/v1/order', query: MARKET_BUY }, time);
  }
  return { ...fixture, now: T0 + 3 * MINUTE };
}

describe.each([
  ['userTrades', '/fapi/v1/userTrades', 'symbol=BTCUSDT&', 'fromId=6700000003'],
  ['allOrders', '/fapi/v1/allOrders', 'symbol=BTCUSDT&', 'orderId=8389765000000000003'],
])('%s', (_, path, base, fromId) => {
  async function minutes(query: string): Promise<number[]> {
    const { venue, now } = await fourTrades();
    const reply = await signedCall(venue.url, { path, query: `${base}${query}` }, now);
    const rows: { time: number }[] = JSON.parse(reply.text);
    return rows.map(({ time }) => (time - T0) / MINUTE);
  }

  test.each([
    ['all of the last week by default', 'limit=1000', [0, 1, 2, 3]],
    ['the latest when limited', 'limit=2', [2, 3]],
    ['the first of a window that has a start', `startTime=${T0 + MINUTE}&limit=2`, [1, 2]],
    ['those up to an end', `endTime=${T0 + MINUTE}`, [0, 1]],
    ['those from an id on', fromId, [2, 3]],
  ])('gives %s', async (__, query, expected) => {
    expect(await minutes(query)).toEqual(expected);
  });

  test.each([
    ['a window of more than a week', `startTime=${T0}&endTime=${T0 + 7 * DAY + 1}`, -4166],
    ['an end before the start', `startTime=${T0}&endTime=${T0 - 1}`, -4166],
    ['an id and a time', `${fromId}&startTime=${T0}`, -1128],
    ['a limit above 1000', 'limit=1001', -1130],
  ])('refuses %s', async (__, query, code) => {
    const { venue, now } = await fourTrades();
    expect(codeOf(await signedCall(venue.url, { path, query: `${base}${query}` }, now))).toBe(code);
  });
});

test('trades can be asked for by their order', async () => {
  const { venue, now } = await fourTrades();
  const reply = await signedCall(venue.url, { path: '/fapi/v1/userTrades', query: 'symbol=BTCUSDT&orderId=8389765000000000002' }, now);
  expect(JSON.parse(reply.text)).toMatchObject([{ time: T0 + MINUTE, positionSide: 'LONG', realizedPnl: '0' }]);
});

/** Read from the raw text: as numbers they would not survive JSON.parse. */
function ids(text: string): string[] {
  return [...text.matchAll(/"tranId":(\d+)/g)].map(([, id]) => id ?? '');
}

test('income comes in pages, by type, with ids written as 19-digit numbers', async () => {
  const { venue, now } = await fourTrades();
  const ask = async (query: string): Promise<string> => (await signedCall(venue.url, { path: '/fapi/v1/income', query }, now)).text;
  expect(ids(await ask('incomeType=COMMISSION&limit=3'))).toEqual(['8082457372000000002', '8082457372000000003', '8082457372000000004']);
  expect(ids(await ask('incomeType=COMMISSION&limit=3&page=2'))).toEqual(['8082457372000000005']);
  expect(ids(await ask('incomeType=TRANSFER'))).toEqual(['8082457372000000001']);
  expect(ids(await ask(`startTime=${T0 + MINUTE}&endTime=${T0 + 2 * MINUTE}`))).toEqual(['8082457372000000003', '8082457372000000004']);
});
