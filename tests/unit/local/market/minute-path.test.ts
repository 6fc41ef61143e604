import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { minutePath } from '../../../../local/venue/market/minute-path.ts';
import type { UnitCandle } from '../../../../local/venue/market/unit-candle.ts';
import { START, UNITS, unitCandle } from './recording.ts';

const SEED = 7;

/** Candles on the tick of UNITS, of any shape, with and without volume. */
const candles: fc.Arbitrary<UnitCandle> = fc
  .record({
    prices: fc.array(fc.integer({ min: 20, max: 20_000 }), { minLength: 4, maxLength: 4 }),
    volume: fc.integer({ min: 8, max: 1e9 }),
    minute: fc.nat({ max: 1e6 }),
  })
  .map(({ prices, volume, minute }) => {
    const [open = 0, close = 0, ...others] = prices.map((price) => price * UNITS.tick);
    return {
      openTime: START + minute * 60_000,
      open,
      close,
      high: Math.max(open, close, ...others),
      low: Math.min(open, close, ...others),
      volume,
    };
  });

describe('the path within a minute', () => {
  test('prints the open first, the close last, both extremes, and nothing outside the candle', () => {
    fc.assert(
      fc.property(candles, fc.nat(), (candle, seed) => {
        const prices = minutePath(candle, UNITS, seed).flatMap(({ prints }) => prints.map(({ price }) => price));
        expect(prices.at(0)).toBe(candle.open);
        expect(prices.at(-1)).toBe(candle.close);
        expect(Math.max(...prices)).toBe(candle.high);
        expect(Math.min(...prices)).toBe(candle.low);
      }),
    );
  });

  test('prints the volume of the candle exactly, in positive quantities', () => {
    fc.assert(
      fc.property(candles, fc.nat(), (candle, seed) => {
        const quantities = minutePath(candle, UNITS, seed).flatMap(({ prints }) => prints.map(({ qty }) => qty));
        expect(Math.min(...quantities)).toBeGreaterThan(0);
        expect(quantities.reduce((sum, qty) => sum + qty, 0)).toBe(candle.volume);
      }),
    );
  });

  test('prints at the touch that was quoted just before: buys at the ask, sells at the bid', () => {
    fc.assert(
      fc.property(candles, fc.nat(), (candle, seed) => {
        for (const { bid, ask, prints } of minutePath(candle, UNITS, seed)) {
          expect(ask - bid).toBe(UNITS.spread);
          expect(bid % UNITS.tick).toBe(0);
          for (const print of prints) expect(print.price).toBe(print.aggressor === 'BUY' ? ask : bid);
        }
      }),
    );
  });

  test('stays inside its minute, with times that never run backwards', () => {
    fc.assert(
      fc.property(candles, fc.nat(), (candle, seed) => {
        const times = minutePath(candle, UNITS, seed).flatMap(({ time, prints }) => [time, ...prints.map((print) => print.time)]);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times.at(0)).toBe(candle.openTime);
        expect(times.at(-1)).toBeLessThan(candle.openTime + 60_000);
      }),
    );
  });

  test.each([
    ['rose', { open: 10_000, close: 10_200 }, 'low'],
    ['fell', { open: 10_200, close: 10_000 }, 'high'],
  ] as const)('visits the far extreme first in a minute that %s', (_, body, first) => {
    const candle = unitCandle(body);
    const prices = minutePath(candle, UNITS, SEED).flatMap(({ prints }) => prints.map(({ price }) => price));
    const lowFirst = prices.indexOf(candle.low) < prices.indexOf(candle.high);
    expect(lowFirst ? 'low' : 'high').toBe(first);
  });

  test('trades on both sides of the book in a minute that hardly moves', () => {
    const still = unitCandle({ open: 10_000, high: 10_010, low: 10_000, close: 10_010 });
    const sides = minutePath(still, UNITS, SEED).flatMap(({ prints }) => prints.map(({ aggressor }) => aggressor));
    expect(new Set(sides)).toEqual(new Set(['BUY', 'SELL']));
  });

  test('only quotes in a minute without volume', () => {
    const silent = unitCandle({ open: 10_000, high: 10_000, low: 10_000, close: 10_000, volume: 0 });
    const path = minutePath(silent, UNITS, SEED);
    expect(path).toHaveLength(8);
    expect(path.flatMap(({ prints }) => prints)).toEqual([]);
  });

  test('spends a volume too small for every point on the open, the close and the extremes', () => {
    const tiny = unitCandle({ volume: 4 });
    const prints = minutePath(tiny, UNITS, SEED).flatMap((point) => point.prints);
    expect(prints.map(({ price, qty }) => [price, qty])).toEqual([
      [tiny.open, 1],
      [tiny.low, 1],
      [tiny.high, 1],
      [tiny.close, 1],
    ]);
  });

  test('quotes on the tick around a recorded price that is off it', () => {
    const offTick = unitCandle({ open: 10_003, high: 10_003, low: 10_003, close: 10_003 });
    for (const { bid, ask, prints } of minutePath(offTick, UNITS, SEED)) {
      expect([bid % UNITS.tick, ask % UNITS.tick]).toEqual([0, 0]);
      for (const { price } of prints) expect(price).toBe(10_003);
    }
  });
});
