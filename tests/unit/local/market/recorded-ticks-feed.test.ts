import { describe, expect, test } from 'vitest';
import { MarketDataError } from '../../../../local/venue/market/market-data-error.ts';
import type { MarketFeed } from '../../../../local/venue/market/market-feed.ts';
import { recordedTicksFeed } from '../../../../local/venue/market/recorded-ticks-feed.ts';
import { describesAMarket } from './feed-suite.ts';
import { MINUTE, START, recordingDirectory } from './recording.ts';

const QUOTES = 'BTCUSDT-bookTicker.csv.gz';
const TRADES = 'BTCUSDT-trades.csv.gz';
const QUOTE_HEADER = 'localNs,eventTime,txTime,updateId,bid,bidQty,ask,askQty';
const TRADE_HEADER = 'localNs,eventTime,tradeTime,tradeId,price,qty,buyerIsMaker,X';

/** Arrival is the exchange time in nanoseconds plus `ns`. */
const quote = (time: number, ns: number, bid: string, ask: string): string =>
  `${time}${String(ns).padStart(6, '0')},${time},${time},1,${bid},2.507,${ask},0.010`;
const trade = (time: number, ns: number, price: string, qty: string, buyerIsMaker: string): string =>
  `${time}${String(ns).padStart(6, '0')},${time},${time},7,${price},${qty},${buyerIsMaker},MARKET`;
const csv = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;

const GOOD_QUOTES = csv(
  QUOTE_HEADER,
  quote(START, 1, '61800.20', '61800.30'),
  quote(START + 400, 0, '61800.10', '61800.20'),
  quote(START + 1_500, 5, '61800.20', '61800.40'),
  quote(START + 3 * MINUTE, 0, '61900.20', '61900.40'),
);
const GOOD_TRADES = csv(
  TRADE_HEADER,
  trade(START - 5, 0, '61700.00', '1', '0'),
  trade(START, 2, '61800.30', '0.006', '0'),
  trade(START + 1_500, 3, '61800.10', '0.200', '1'),
  trade(START + MINUTE, 0, '61800.40', '0.5', '0'),
  trade(START + MINUTE + 20_000, 0, '61800.20', '0.1', '1'),
  trade(START + 2 * MINUTE - 1, 0, '61800.30', '0.1', '1'),
);

async function opened(quotes = GOOD_QUOTES, trades = GOOD_TRADES): Promise<MarketFeed> {
  return recordedTicksFeed({ directory: await recordingDirectory({ [QUOTES]: quotes, [TRADES]: trades }), symbol: 'BTCUSDT' });
}

describe('a feed of recorded ticks', () => {
  describesAMarket(() => opened());

  test('mixes quotes and trades by exchange time, then by arrival, with a mark each second', async () => {
    const feed = await opened();
    expect([feed.startTime, feed.endTime]).toEqual([START, START + 3 * MINUTE]);
    const told = [...feed.events(START - 10, START + 2_000)].map((event) => [event.time - START, event.kind]);
    expect(told).toEqual([
      [0, 'quote'],
      [0, 'mark'],
      [0, 'trade'],
      [400, 'quote'],
      [1_500, 'trade'],
      [1_500, 'quote'],
      [1_500, 'mark'],
    ]);
    expect([...feed.events(START - 1, START)]).toMatchObject([
      { bidPrice: '61800.20', bidQty: '2.507', askPrice: '61800.30', askQty: '0.010' },
      { markPrice: '61800.250', indexPrice: '61800.250' },
      { price: '61800.30', qty: '0.006', aggressor: 'BUY' },
    ]);
  });

  test('makes candles of the trades so far', async () => {
    const feed = await opened();
    const candles = feed.minuteCandles('BTCUSDT', START, START + 10 * MINUTE, START + MINUTE + 20_000);
    expect(candles).toMatchObject([
      {
        openTime: START,
        open: '61800.30',
        high: '61800.30',
        low: '61800.10',
        close: '61800.10',
        volume: '0.206',
        takerBuyVolume: '0.006',
      },
      { openTime: START + MINUTE, open: '61800.40', close: '61800.20', volume: '0.600', trades: 2 },
    ]);
  });

  test.each([
    [
      'a crossed quote',
      csv(QUOTE_HEADER, quote(START, 1, '61800.30', '61800.30')),
      GOOD_TRADES,
      'line 2, column bid: "61800.30" is not allowed, only less than the ask 61800.30',
    ],
    [
      'quotes out of order',
      csv(QUOTE_HEADER, quote(START, 1, '1.0', '2.0'), quote(START - 1, 1, '1.0', '2.0')),
      GOOD_TRADES,
      'line 3, column localNs',
    ],
    ['no quotes', csv(QUOTE_HEADER), GOOD_TRADES, 'has no quotes'],
    [
      'a trade without quantity',
      GOOD_QUOTES,
      csv(TRADE_HEADER, trade(START, 1, '61800.30', '0.000', '0')),
      'column qty: "0.000" is not allowed, only a plain decimal above 0',
    ],
    ['too fine a price', GOOD_QUOTES, csv(TRADE_HEADER, trade(START, 1, '61800.301', '1', '0')), 'column price: "61800.301"'],
    [
      'an unknown side',
      GOOD_QUOTES,
      csv(TRADE_HEADER, trade(START, 1, '61800.3', '1', 'yes')),
      'column buyerIsMaker: "yes" is not allowed, only 0 or 1',
    ],
  ])('refuses %s', async (_, quotes, trades, message) => {
    const refused = opened(quotes, trades);
    await expect(refused).rejects.toBeInstanceOf(MarketDataError);
    await expect(refused).rejects.toThrow(message);
  });

  test('refuses a symbol without rules', async () => {
    await expect(recordedTicksFeed({ directory: '.', symbol: 'ABCUSDT' })).rejects.toThrow(
      'symbol "ABCUSDT" has no built-in rules, only BTCUSDT, ETHUSDT, SOLUSDT',
    );
  });
});
