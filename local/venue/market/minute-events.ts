import type { MarkEvent, MarketEvent, QuoteEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { PathPoint } from './minute-path.ts';
import { RandomStream } from './random-stream.ts';
import { MINUTE_MS } from './unit-candle.ts';
import type { MarketUnits } from './unit-candle.ts';
import { unitText } from './unit-text.ts';

/** Points at which the mark is told: the open, both extremes and the close. */
const MARKED: ReadonlySet<number> = new Set([0, 2, 5, 7]);
/** A touch shows about one 64th of a minute's volume: on liquid perpetuals many queues trade through in a minute. */
const DISPLAYED_SHARE = 1 / 64;

/**
 * The events of one symbol along its path, in order of time. Displayed sizes follow `previousVolume`, the volume of the
 * minute before, because this minute's is not known while it runs.
 */
export function minuteEvents(
  symbol: string,
  path: readonly PathPoint[],
  units: MarketUnits,
  seed: number,
  previousVolume: number,
): MarketEvent[] {
  const random = new RandomStream(seed, (path[0]?.time ?? 0) / MINUTE_MS);
  const events: MarketEvent[] = [];
  for (const [i, point] of path.entries()) {
    events.push(quoteEvent(symbol, point, units, previousVolume, random));
    if (MARKED.has(i)) events.push(markEvent(symbol, point, path[i - 1] ?? point, units));
    for (const print of point.prints) {
      events.push({
        kind: 'trade',
        symbol,
        time: print.time,
        price: unitText(print.price, units.priceDecimals),
        qty: unitText(print.qty, units.qtyDecimals),
        aggressor: print.aggressor,
      });
    }
  }
  return events;
}

function quoteEvent(symbol: string, point: PathPoint, units: MarketUnits, volume: number, random: RandomStream): QuoteEvent {
  const displayed = (): string => {
    const qty = Math.round(volume * DISPLAYED_SHARE * random.between(0.25, 1.25));
    return unitText(Math.max(qty, units.leastDisplayed), units.qtyDecimals);
  };
  return {
    kind: 'quote',
    symbol,
    time: point.time,
    bidPrice: unitText(point.bid, units.priceDecimals),
    bidQty: displayed(),
    askPrice: unitText(point.ask, units.priceDecimals),
    askQty: displayed(),
  };
}

/** The index is the middle of the quote; the mark averages it with the point before, so a lone spike moves it half way. */
function markEvent(symbol: string, point: PathPoint, before: PathPoint, units: MarketUnits): MarkEvent {
  // In quarters of a unit: two more places keep the averages exact.
  const twice = point.bid + point.ask;
  const index = twice * 50;
  const mark = (twice + before.bid + before.ask) * 25;
  const places = units.priceDecimals + 2;
  return { kind: 'mark', symbol, time: point.time, markPrice: unitText(mark, places), indexPrice: unitText(index, places) };
}
