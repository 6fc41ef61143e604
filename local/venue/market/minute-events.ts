import type { MarkEvent, MarketEvent, QuoteEvent, TradeEvent } from '../../../functions/src/domain/matching/market-event.ts';
import { minutePath } from './minute-path.ts';
import type { PathPoint, Print } from './minute-path.ts';
import { RandomStream } from './random-stream.ts';
import { MINUTE_MS } from './unit-candle.ts';
import type { MarketUnits, UnitCandle } from './unit-candle.ts';
import { unitText } from './unit-text.ts';

/** Points at which the mark is told: the open, both extremes and the close. */
const MARKED: ReadonlySet<number> = new Set([0, 2, 5, 7]);
/** A touch shows about one 64th of a minute's volume: on liquid perpetuals many queues trade through in a minute. */
const DISPLAYED_SHARE = 1 / 64;

/** One minute of a symbol. */
export interface MinuteWalk {
  readonly symbol: string;
  readonly minute: number;
  readonly path: readonly PathPoint[];
  readonly units: MarketUnits;
  /** Displayed at bid and ask of each point in turn, in units. */
  readonly shown: readonly number[];
  /** Traded in all, in units. */
  readonly volume: number;
}

/** Displayed sizes follow the volume of the minute before, because this minute's is not known while it runs. */
export function minuteWalk(symbol: string, candle: UnitCandle, units: MarketUnits, seed: number, previousVolume: number): MinuteWalk {
  const path = minutePath(candle, units, seed);
  const shown = displayedSizes(path.length, new RandomStream(seed, candle.openTime / MINUTE_MS), units, previousVolume);
  return { symbol, minute: candle.openTime, path, units, shown, volume: candle.volume };
}

/** The events along the path, in order of time. */
export function minuteEvents(walk: MinuteWalk): MarketEvent[] {
  const events: MarketEvent[] = [];
  for (const [i, point] of walk.path.entries()) {
    events.push(quoteEvent(walk, i, point));
    if (MARKED.has(i)) events.push(markEvent(walk, i, point));
    for (const print of point.prints) events.push(tradeEvent(walk, print));
  }
  return events;
}

/** Of the same events those with afterTime < time <= untilTime that no later one of their kind replaces, in order of time. */
export function lastEvents(walk: MinuteWalk, afterTime: number, untilTime: number): MarketEvent[] {
  const within = ({ time }: { readonly time: number }): boolean => time > afterTime && time <= untilTime;
  const { path } = walk;
  const quoted = path.findLastIndex(within);
  const marked = path.findLastIndex((point, i) => MARKED.has(i) && within(point));
  const print = path.findLast((point) => point.prints.some(within))?.prints.findLast(within);
  const [quotedPoint, markedPoint] = [path[quoted], path[marked]];
  const events: MarketEvent[] = [];
  if (quotedPoint !== undefined) events.push(quoteEvent(walk, quoted, quotedPoint));
  if (markedPoint !== undefined) events.push(markEvent(walk, marked, markedPoint));
  if (print !== undefined) events.push(tradeEvent(walk, print));
  return events.toSorted((a, b) => a.time - b.time);
}

function displayedSizes(points: number, random: RandomStream, units: MarketUnits, previousVolume: number): readonly number[] {
  return Array.from({ length: 2 * points }, () => {
    const qty = Math.round(previousVolume * DISPLAYED_SHARE * random.between(0.25, 1.25));
    return Math.max(qty, units.leastDisplayed);
  });
}

function quoteEvent({ symbol, units, shown }: MinuteWalk, index: number, point: PathPoint): QuoteEvent {
  return {
    kind: 'quote',
    symbol,
    time: point.time,
    bidPrice: unitText(point.bid, units.priceDecimals),
    bidQty: unitText(shown[2 * index] ?? units.leastDisplayed, units.qtyDecimals),
    askPrice: unitText(point.ask, units.priceDecimals),
    askQty: unitText(shown[2 * index + 1] ?? units.leastDisplayed, units.qtyDecimals),
  };
}

/** The index is the middle of the quote; the mark averages it with the point before, so a lone spike moves it half way. */
function markEvent({ symbol, path, units }: MinuteWalk, index: number, point: PathPoint): MarkEvent {
  const before = path[index - 1] ?? point;
  // In quarters of a unit: two more places keep the averages exact.
  const twice = point.bid + point.ask;
  const middle = twice * 50;
  const mark = (twice + before.bid + before.ask) * 25;
  const places = units.priceDecimals + 2;
  return { kind: 'mark', symbol, time: point.time, markPrice: unitText(mark, places), indexPrice: unitText(middle, places) };
}

function tradeEvent({ symbol, units }: MinuteWalk, print: Print): TradeEvent {
  return {
    kind: 'trade',
    symbol,
    time: print.time,
    price: unitText(print.price, units.priceDecimals),
    qty: unitText(print.qty, units.qtyDecimals),
    aggressor: print.aggressor,
  };
}
