import { expect, test } from 'vitest';
import type { MinuteCandle } from '../../../local/venue/market/market-feed.ts';
import { T0, instrument, mark, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { call } from './raw-client.ts';
import { scriptedFeed } from './scripted-feed.ts';
import { BTC, startFixture } from './venue-fixture.ts';

const MINUTE = 60_000;
/** The first five-minute boundary after T0. */
const OPEN = Math.ceil(T0 / (5 * MINUTE)) * 5 * MINUTE;

const candle = (index: number): MinuteCandle => ({
  openTime: OPEN + index * MINUTE,
  open: String(100 + index),
  high: String(110 + index),
  low: String(90 - index),
  close: String(101 + index),
  volume: '1.5',
  quoteVolume: '150',
  trades: 3,
  takerBuyVolume: '1',
  takerBuyQuoteVolume: '100',
});

async function withCandles() {
  const market = scriptedFeed({
    instruments: [instrument()],
    startTime: T0,
    events: [quote(), mark()],
    candles: Array.from({ length: 20 }, (_, index) => candle(index)),
  });
  return startFixture({ market });
}

test('ccxt reads closed candles and the open one, and nothing after now', async () => {
  const { client, at } = await withCandles();
  await client.loadMarkets();
  at(OPEN + 2 * MINUTE + 1);
  const rows = await client.fetchOHLCV(BTC, '1m');
  expect(rows.map(([time]) => time)).toEqual([OPEN, OPEN + MINUTE, OPEN + 2 * MINUTE]);
});

test('five minutes become one candle with the extremes and sums of all', async () => {
  const { venue, at } = await withCandles();
  at(OPEN + 5 * MINUTE);
  const reply = await call(venue.url, { path: '/fapi/v1/klines', query: `symbol=BTCUSDT&interval=5m&startTime=${OPEN}&limit=1` });
  expect(JSON.parse(reply.text)).toEqual([
    [OPEN, '100', '114', '86', '105', '7.5', OPEN + 5 * MINUTE - 1, '750', 15, '5', '500', '0'],
  ]);
});

test('a candle that was read while open is served whole once it has closed, and the same ever after', async () => {
  const { venue, at } = await withCandles();
  const volumeAt = async (time: number): Promise<unknown> => {
    at(time);
    const reply = await call(venue.url, { path: '/fapi/v1/klines', query: `symbol=BTCUSDT&interval=5m&startTime=${OPEN}&limit=1` });
    const rows: unknown[][] = JSON.parse(reply.text);
    return rows[0]?.[5];
  };
  const minutes = [2, 5, 6, 12].map((minute) => OPEN + minute * MINUTE);
  const volumes: unknown[] = [];
  for (const time of minutes) volumes.push(await volumeAt(time));
  expect(volumes).toEqual(['4.5', '7.5', '7.5', '7.5']);
});

test('without a start the latest candles are served, with a start the first ones', async () => {
  const { venue, at } = await withCandles();
  at(OPEN + 10 * MINUTE);
  const opens = async (query: string): Promise<number[]> => {
    const reply = await call(venue.url, { path: '/fapi/v1/klines', query: `symbol=BTCUSDT&interval=1m&limit=2${query}` });
    const rows: number[][] = JSON.parse(reply.text);
    return rows.map(([open]) => ((open ?? 0) - OPEN) / MINUTE);
  };
  expect(await opens('')).toEqual([9, 10]);
  expect(await opens(`&startTime=${OPEN + 1}`)).toEqual([1, 2]);
  expect(await opens(`&endTime=${OPEN + 4 * MINUTE}`)).toEqual([3, 4]);
});
