import { describe, expect, test } from 'vitest';
import { wireClosedCandles } from '../../../../functions/src/adapters/venue-ccxt/parse-candles.ts';
import { wireInstruments } from '../../../../functions/src/adapters/venue-ccxt/parse-instrument.ts';
import { wireMarks, wireQuotes } from '../../../../functions/src/adapters/venue-ccxt/parse-market.ts';
import { decimal } from '../../../../functions/src/domain/money/decimal.ts';
import { notional, price, qty } from '../../../../functions/src/domain/money/units.ts';

describe('wireQuotes', () => {
  const BTC = { symbol: 'BTCUSDT', bidPrice: '50000.00', bidQty: '1.5', askPrice: '50000.10', askQty: '2', time: 100, lastUpdateId: '77' };

  test('gives the quotes of the asked symbols', () => {
    expect(wireQuotes(['BTCUSDT']).parse([{ ...BTC, symbol: 'ETHUSDT' }, BTC])).toEqual([
      { symbol: 'BTCUSDT', bid: price('50000'), bidQty: qty('1.5'), ask: price('50000.1'), askQty: qty('2'), at: 100 },
    ]);
  });

  test('a contract we did not ask for cannot make ours unreadable', () => {
    expect(wireQuotes(['BTCUSDT']).parse([{ symbol: 'BTCUSDT_260327', bidPrice: null }, BTC])).toHaveLength(1);
  });

  test('an empty side is no quote', () => {
    expect(wireQuotes(['BTCUSDT']).parse([{ ...BTC, bidPrice: '0.00', bidQty: '0' }])).toEqual([]);
  });

  test('an unreadable row of an asked symbol makes the answer unreadable', () => {
    expect(wireQuotes(['BTCUSDT']).safeParse([{ ...BTC, askPrice: '' }]).success).toBe(false);
  });
});

test('wireMarks gives mark, index and funding, and passes over dated contracts that have no funding rate', () => {
  const rows = [
    { symbol: 'BTCUSDT_260327', markPrice: '1', indexPrice: '1', lastFundingRate: '', nextFundingTime: 0, time: 5 },
    { symbol: 'BTCUSDT', markPrice: '50001.12', indexPrice: '50000', lastFundingRate: '-0.00010000', nextFundingTime: 28_800_000, time: 5 },
  ];
  expect(wireMarks(['BTCUSDT']).parse(rows)).toEqual([
    { symbol: 'BTCUSDT', markPrice: price('50001.12'), indexPrice: price('50000'), fundingRate: decimal('-0.0001'), nextFundingAt: 28_800_000, at: 5 },
  ]);
});

function minute(index: number): unknown[] {
  return [index * 60_000, '1', '3.5', '0.5', '2', '10.25', (index + 1) * 60_000 - 1, '20', 4, '5', '10', '0'];
}

describe('wireClosedCandles', () => {
  test('a candle is closed from the millisecond after its last one', () => {
    const rows = [minute(0), minute(1)];
    expect(wireClosedCandles(5, 119_999).parse(rows)).toHaveLength(1);
    expect(wireClosedCandles(5, 120_000).parse(rows)).toHaveLength(2);
  });

  test('keeps the last ones and ends each at the next opening', () => {
    expect(wireClosedCandles(1, 120_000).parse([minute(0), minute(1)])).toEqual([
      { openAt: 60_000, closeAt: 120_000, open: 1, high: 3.5, low: 0.5, close: 2, volume: 10.25 },
    ]);
  });

  test('a row with a missing price is unreadable', () => {
    expect(wireClosedCandles(1, 120_000).safeParse([[0, '1', null, '1', '1', '1', 59_999]]).success).toBe(false);
  });
});

describe('wireInstruments', () => {
  const BTC = {
    symbol: 'BTCUSDT',
    contractType: 'PERPETUAL',
    status: 'TRADING',
    baseAsset: 'BTC',
    quoteAsset: 'USDT',
    marginAsset: 'USDT',
    pricePrecision: 2,
    filters: [
      { filterType: 'PRICE_FILTER', minPrice: '556.80', maxPrice: '4529764', tickSize: '0.10' },
      { filterType: 'LOT_SIZE', minQty: '0.001', maxQty: '1000', stepSize: '0.001' },
      { filterType: 'MARKET_LOT_SIZE', minQty: '0.001', maxQty: '120', stepSize: '0.001' },
      { filterType: 'MAX_NUM_ORDERS', limit: 200 },
      { filterType: 'MIN_NOTIONAL', notional: '100' },
    ],
  };

  test('takes tick, step and limits from the filters', () => {
    expect(wireInstruments(['BTCUSDT']).parse({ symbols: [{ symbol: 'XYZUSDT' }, BTC] })).toEqual([
      {
        symbol: 'BTCUSDT',
        base: 'BTC',
        quote: 'USDT',
        marginAsset: 'USDT',
        status: 'trading',
        tickSize: decimal('0.1'),
        stepSize: decimal('0.001'),
        minQty: qty('0.001'),
        maxQty: qty('1000'),
        marketMaxQty: qty('120'),
        minNotional: notional('100'),
        minPrice: price('556.8'),
        maxPrice: price('4529764'),
      },
    ]);
  });

  test('any status but TRADING is suspended', () => {
    expect(wireInstruments(['BTCUSDT']).parse({ symbols: [{ ...BTC, status: 'SETTLING' }] })[0]?.status).toBe('suspended');
  });

  test('a missing filter makes the answer unreadable', () => {
    const filters = BTC.filters.filter(({ filterType }) => filterType !== 'MIN_NOTIONAL');
    expect(wireInstruments(['BTCUSDT']).safeParse({ symbols: [{ ...BTC, filters }] }).success).toBe(false);
  });
});
