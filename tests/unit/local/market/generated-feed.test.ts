import { describe, expect, test } from 'vitest';
import { generatedFeed } from '../../../../local/venue/market/generated-feed.ts';
import { describesAMarket } from './feed-suite.ts';
import { MINUTE, START } from './recording.ts';

const DAY = 1_440 * MINUTE;
const SYMBOLS = [{ symbol: 'BTCUSDT' }, { symbol: 'ABCUSDT' }];
const feedOf = (seed: string) => generatedFeed({ seed, symbols: SYMBOLS, startTime: START });
const firstMinutes = (seed: string): readonly unknown[] => [...feedOf(seed).events(START - 1, START + 5 * MINUTE)];

function hourlyLogReturns(days: number, symbol: string): readonly number[] {
  const feed = generatedFeed({ seed: 'walk', symbols: [{ symbol, dailyVolatilityPct: 3 }], startTime: START });
  const hours = Array.from({ length: days * 24 }, (_, hour) => START + hour * 60 * MINUTE);
  const opens = hours.map((time) => Number(feed.minuteCandles(symbol, time, time + 1, time)[0]?.open));
  return opens.slice(1).map((open, i) => Math.log(open / (opens[i] ?? Number.NaN)));
}

const variance = (values: readonly number[]): number => values.reduce((sum, value) => sum + value * value, 0) / values.length;

describe('a generated feed', () => {
  describesAMarket(() => Promise.resolve(feedOf('suite')));

  test('is the same for the same seed and another for another', () => {
    expect(firstMinutes('one')).toEqual(firstMinutes('one'));
    expect(firstMinutes('one')).not.toEqual(firstMinutes('two'));
  });

  test('does not depend on the order in which minutes are asked for', () => {
    const asked = feedOf('order');
    const late = [...asked.events(START + 300 * DAY, START + 300 * DAY + MINUTE)];
    const early = [...asked.events(START - 1, START + MINUTE)];
    expect([...feedOf('order').events(START - 1, START + MINUTE)]).toEqual(early);
    expect([...feedOf('order').events(START + 300 * DAY, START + 300 * DAY + MINUTE)]).toEqual(late);
  });

  test('gives a symbol the same market whoever else is traded', () => {
    const alone = generatedFeed({ seed: 'suite', symbols: [{ symbol: 'ABCUSDT' }], startTime: START });
    const among = feedOf('suite');
    const minutes = [START, START + 9 * MINUTE, START + DAY] as const;
    expect(among.minuteCandles('ABCUSDT', ...minutes)).toEqual(alone.minuteCandles('ABCUSDT', ...minutes));
    expect(alone.minuteCandles('ABCUSDT', ...minutes)).toHaveLength(9);
  });

  test('joins minutes and days without a jump', () => {
    const candles = feedOf('join').minuteCandles('BTCUSDT', START + DAY - 5 * MINUTE, START + DAY + 5 * MINUTE, START + 2 * DAY);
    expect(candles.slice(1).map(({ open }) => open)).toEqual(candles.slice(0, -1).map(({ close }) => close));
  });

  test('walks with the volatility asked for and keeps coming back to its centre', () => {
    const returns = hourlyLogReturns(200, 'BTCUSDT');
    const dailyVolatility = Math.sqrt(variance(returns) * 24);
    expect(dailyVolatility).toBeGreaterThan(0.025);
    expect(dailyVolatility).toBeLessThan(0.04);
    const feed = feedOf('centre');
    const years = Array.from({ length: 60 }, (_, i) => START + i * 365 * DAY);
    const yearly = years.map((time) => Number(feed.minuteCandles('BTCUSDT', time, time + 1, time)[0]?.open));
    expect(Math.min(...yearly)).toBeGreaterThan(60_000);
    expect(Math.max(...yearly)).toBeLessThan(160_000);
  });

  test('has calm and wild hours that come in stretches', () => {
    const squares = hourlyLogReturns(200, 'BTCUSDT').map((value) => value * value);
    const mean = variance(squares.map(Math.sqrt));
    const deviations = squares.map((square) => square - mean);
    const lagged = deviations.slice(1).reduce((sum, deviation, i) => sum + deviation * (deviations[i] ?? 0), 0);
    expect(lagged / variance(deviations) / deviations.length).toBeGreaterThan(0.1);
  });

  test('settles funding every eight hours, with the interval announced', () => {
    const feed = feedOf('funding');
    const settled = feed.fundingHistory('ABCUSDT', START, START + DAY);
    expect(settled.map(({ time }) => time - START)).toEqual([0, DAY / 3, (2 * DAY) / 3, DAY]);
    for (const { time, rate, nextFundingTime } of settled) {
      expect(nextFundingTime - time).toBe(DAY / 3);
      expect(Math.abs(Number(rate))).toBeLessThanOrEqual(0.003);
    }
    const events = [...feed.events(START + DAY - MINUTE, START + DAY)].filter(({ symbol }) => symbol === 'ABCUSDT');
    expect(events.filter(({ kind }) => kind === 'funding')).toEqual(settled.slice(-1));
  });

  test('serves ninety days of history, and no more', () => {
    const feed = feedOf('history');
    expect(feed.minuteCandles('BTCUSDT', START - 2 * MINUTE, START, START)).toHaveLength(2);
    expect(feed.fundingHistory('BTCUSDT', 0, START - 1)).toHaveLength(270);
  });

  test('follows the price, spread and turnover asked for', () => {
    const symbols = [{ symbol: 'XYZUSDC', centrePrice: 10, dailyVolatilityPct: 0.01, spreadBps: 20, turnoverPerMinute: 1e6 }];
    const feed = generatedFeed({ seed: 'own', symbols, startTime: START });
    const quote = [...feed.events(START - 1, START)].find((event) => event.kind === 'quote');
    expect(Number(quote?.bidPrice)).toBeCloseTo(10, 1);
    expect(Number(quote?.askPrice) - Number(quote?.bidPrice)).toBeCloseTo(0.02, 6);
    const turnovers = feed
      .minuteCandles('XYZUSDC', START, START + DAY, START + DAY)
      .map(({ quoteVolume }) => Number(quoteVolume));
    expect(turnovers.reduce((sum, value) => sum + value, 0) / turnovers.length / 1e6).toBeCloseTo(0.9, 0);
  });

  test.each([
    [{ startTime: START + 1 }, 'startTime is'],
    [{ symbols: [] }, 'symbols is empty'],
    [{ symbols: [...SYMBOLS, { symbol: 'BTCUSDT' }] }, 'symbols names BTCUSDT twice'],
    [
      { symbols: [{ symbol: 'BTCUSDT', centrePrice: 0 }] },
      'generated market BTCUSDT: centrePrice is 0, allowed is 0.0001 to 500000',
    ],
    [{ symbols: [{ symbol: 'BTCUSDT', dailyVolatilityPct: Number.NaN }] }, 'dailyVolatilityPct is NaN'],
    [{ symbols: [{ symbol: 'BTCEUR' }] }, 'symbol "BTCEUR"'],
  ])('refuses %o', (wrong, message) => {
    expect(() => generatedFeed({ seed: 'wrong', symbols: SYMBOLS, startTime: START, ...wrong })).toThrow(message);
  });
});
