// What every market feed owes the venue, whatever its minutes are made of.
import { expect, test } from 'vitest';
import type { MarketEvent } from '../../../../functions/src/domain/matching/market-event.ts';
import { closedMinuteOf } from '../../../../local/venue/market/closed-minute.ts';
import type { MarketFeed } from '../../../../local/venue/market/market-feed.ts';
import { MINUTE } from './recording.ts';

function eventsOf(feed: MarketFeed, afterTime: number, untilTime: number): readonly MarketEvent[] {
  return [...feed.events(afterTime, untilTime)];
}

/** What was told last of each kind. */
const latest = (events: Iterable<MarketEvent>): unknown => {
  const byKind = new Map<string, MarketEvent>();
  for (const event of events) byKind.set(`${event.symbol} ${event.kind}`, event);
  return new Map([...byKind].toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

/** `open` makes a feed of at least three minutes; called once per test. */
export function describesAMarket(open: () => Promise<MarketFeed>): void {
  test('every symbol has a quote and a mark at the start', async () => {
    const feed = await open();
    const first = eventsOf(feed, feed.startTime - 1, feed.startTime);
    for (const kind of ['quote', 'mark']) {
      const symbols = first.filter((event) => event.kind === kind).map((event) => event.symbol);
      expect(symbols).toEqual(feed.instruments.map(({ symbol }) => symbol));
    }
  });

  test('events come in order of time, and in windows of any size are the same', async () => {
    const feed = await open();
    const end = feed.startTime + 3 * MINUTE - 1;
    const whole = eventsOf(feed, feed.startTime - 1, end);
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.map(({ time }) => time)).toEqual(whole.map(({ time }) => time).toSorted((a, b) => a - b));
    // Half seconds, so that windows end exactly on events.
    const windows = eventsOf(feed, feed.startTime - 1, feed.startTime).slice();
    for (let time = feed.startTime; time < end; time += 500) windows.push(...eventsOf(feed, time, Math.min(end, time + 500)));
    expect(windows).toEqual(whole);
  });

  test('a symbol that is not watched has the same market at the end of any window, told in fewer events', async () => {
    const feed = await open();
    const end = feed.startTime + 3 * MINUTE - 1;
    for (const windowMs of [1_700, 20_000, MINUTE, 3 * MINUTE]) {
      for (let time = feed.startTime - 1; time < end; time += windowMs) {
        const until = Math.min(end, time + windowMs);
        const told = [...feed.events(time, until, () => false)];
        expect(latest(told)).toEqual(latest(eventsOf(feed, time, until)));
        expect(told.map((event) => event.time)).toEqual(told.map((event) => event.time).toSorted((a, b) => a - b));
      }
    }
  });

  test('quotes have a bid below the ask and something on both sides', async () => {
    const feed = await open();
    const quotes = eventsOf(feed, feed.startTime - 1, feed.startTime + 3 * MINUTE - 1).filter((event) => event.kind === 'quote');
    expect(quotes.length).toBeGreaterThan(0);
    for (const quote of quotes) {
      expect(Number(quote.bidPrice)).toBeLessThan(Number(quote.askPrice));
      expect(Math.min(Number(quote.bidQty), Number(quote.askQty))).toBeGreaterThan(0);
    }
  });

  test('candles are what the trades made them, complete or not', async () => {
    const feed = await open();
    const minute = feed.startTime + MINUTE;
    for (const now of [minute, minute + 20_000, minute + MINUTE]) {
      for (const { symbol } of feed.instruments) {
        const trades = eventsOf(feed, minute - 1, Math.min(now, minute + MINUTE - 1)).filter(
          (event) => event.kind === 'trade' && event.symbol === symbol,
        );
        const prices = trades.map((trade) => Number('price' in trade ? trade.price : Number.NaN));
        const [candle] = feed.minuteCandles(symbol, minute, minute + 1, now);
        expect([candle?.open, candle?.high, candle?.low, candle?.close].map(Number)).toEqual([
          prices.at(0),
          Math.max(...prices),
          Math.min(...prices),
          prices.at(-1),
        ]);
        expect(candle?.trades).toBe(trades.length);
      }
    }
  });

  test('no candle is told before its minute, and asking for the future changes nothing', async () => {
    const feed = await open();
    const symbol = feed.instruments[0]?.symbol ?? '';
    const now = feed.startTime + MINUTE + 30_000;
    const candles = feed.minuteCandles(symbol, feed.startTime, feed.startTime + 100 * MINUTE, now);
    expect(candles.map(({ openTime }) => openTime)).toEqual([feed.startTime, feed.startTime + MINUTE]);
    expect(feed.minuteCandles(symbol, feed.startTime + MINUTE, feed.startTime + 2 * MINUTE, now)).toEqual(candles.slice(1));
  });

  test('closed minutes are its closed candles in the same numbers', async () => {
    const feed = await open();
    const [from, to] = [feed.startTime, feed.startTime + 3 * MINUTE];
    for (const { symbol } of feed.instruments) {
      const closed = feed.minuteCandles(symbol, from, to, to - 1);
      expect(closed.length).toBeGreaterThan(0);
      expect(feed.closedMinutes(symbol, from, to)).toEqual(closed.map(closedMinuteOf));
    }
  });

  test('a symbol it does not have has no candles and no funding', async () => {
    const feed = await open();
    expect(feed.minuteCandles('NOSUCHUSDT', 0, feed.startTime + MINUTE, feed.startTime + MINUTE)).toEqual([]);
    expect(feed.closedMinutes('NOSUCHUSDT', 0, feed.startTime + MINUTE)).toEqual([]);
    expect(feed.fundingHistory('NOSUCHUSDT', 0, feed.startTime + MINUTE)).toEqual([]);
  });
}
