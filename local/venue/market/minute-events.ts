import type { MarkEvent, MarketEvent, QuoteEvent, TradeEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { PathPoint, Print } from './minute-path.ts';
import { RandomStream } from './random-stream.ts';
import { MINUTE_MS } from './unit-candle.ts';
import type { MarketUnits } from './unit-candle.ts';
import { unitText } from './unit-text.ts';

/** Points at which the mark is told: the open, both extremes and the close. */
const MARKED: ReadonlySet<number> = new Set([0, 2, 5, 7]);
/** A touch shows about one 64th of a minute's volume: on liquid perpetuals many queues trade through in a minute. */
const DISPLAYED_SHARE = 1 / 64;

/** One minute of a symbol. Displayed sizes follow the volume of the minute before, because this minute's is not known while it runs. */
export interface MinuteWalk {
  readonly symbol: string;
  readonly path: readonly PathPoint[];
  readonly units: MarketUnits;
  readonly seed: number;
  readonly previousVolume: number;
}

/** The events along the path, in order of time. */
export function minuteEvents(walk: MinuteWalk): MarketEvent[] {
  const shown = displayedSizes(walk);
  const events: MarketEvent[] = [];
  for (const [i, point] of walk.path.entries()) {
    events.push(quoteEvent(walk, i, point, shown));
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
  if (quotedPoint !== undefined) events.push(quoteEvent(walk, quoted, quotedPoint, displayedSizes(walk)));
  if (markedPoint !== undefined) events.push(markEvent(walk, marked, markedPoint));
  if (print !== undefined) events.push(tradeEvent(walk, print));
  return events.toSorted((a, b) => a.time - b.time);
}

/** Bid and ask of each point in turn, in units. */
function displayedSizes({ path, units, seed, previousVolume }: MinuteWalk): readonly number[] {
  const random = new RandomStream(seed, (path[0]?.time ?? 0) / MINUTE_MS);
  return Array.from({ length: 2 * path.length }, () => {
    const qty = Math.round(previousVolume * DISPLAYED_SHARE * random.between(0.25, 1.25));
    return Math.max(qty, units.leastDisplayed);
  });
}

function quoteEvent({ symbol, units }: MinuteWalk, index: number, point: PathPoint, shown: readonly number[]): QuoteEvent {
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
