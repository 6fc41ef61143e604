import { describe, expect, test } from 'vitest';
import { minuteCandle } from '../../../../local/venue/market/minute-candle.ts';
import type { PathPoint } from '../../../../local/venue/market/minute-path.ts';
import { START, UNITS, unitCandle } from './recording.ts';

const CANDLE = unitCandle({ open: 10_000, high: 10_020, low: 9_990, close: 10_010, volume: 60 });
const PATH: readonly PathPoint[] = [
  { time: START, bid: 9_990, ask: 10_000, prints: [{ time: START, price: 10_000, qty: 10, aggressor: 'BUY' }] },
  {
    time: START + 10_000,
    bid: 9_990,
    ask: 10_000,
    prints: [
      { time: START + 10_000, price: 9_990, qty: 20, aggressor: 'SELL' },
      { time: START + 40_000, price: 10_020, qty: 25, aggressor: 'BUY' },
      { time: START + 50_000, price: 10_010, qty: 5, aggressor: 'SELL' },
    ],
  },
];

describe('a minute candle', () => {
  test.each([
    ['its first moment', START, ['100.00', '100.00', '100.00', '100.00'], ['0.010', '1.00000', 1, '0.010', '1.00000']],
    ['the second print', START + 10_000, ['100.00', '100.00', '99.90', '99.90'], ['0.030', '2.99800', 2, '0.010', '1.00000']],
    ['a moment later', START + 39_999, ['100.00', '100.00', '99.90', '99.90'], ['0.030', '2.99800', 2, '0.010', '1.00000']],
    ['its close', START + 60_000, ['100.00', '100.20', '99.90', '100.10'], ['0.060', '6.00350', 4, '0.035', '3.50500']],
  ])('holds at %s what was printed until then', (_, now, prices, volumes) => {
    const candle = minuteCandle(CANDLE, PATH, UNITS, now);
    expect([candle.open, candle.high, candle.low, candle.close]).toEqual(prices);
    expect([candle.volume, candle.quoteVolume, candle.trades, candle.takerBuyVolume, candle.takerBuyQuoteVolume]).toEqual(
      volumes,
    );
  });

  test('without volume is flat at the open', () => {
    const silent = unitCandle({ open: 10_000, high: 10_000, low: 10_000, close: 10_000, volume: 0 });
    expect(minuteCandle(silent, [{ time: START, bid: 9_990, ask: 10_000, prints: [] }], UNITS, START + 30_000)).toMatchObject({
      open: '100.00',
      close: '100.00',
      volume: '0.000',
      quoteVolume: '0.00000',
      trades: 0,
    });
  });
});
