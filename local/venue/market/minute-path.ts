/**
 * The way the price took inside one minute, made from its candle alone and the same every time.
 *
 * 1. The path runs open, first extreme, second extreme, close; a minute that rose visits its low first, one that fell
 *    its high. A partial path never shows a price outside the candle.
 * 2. At each point a quote comes first; then the print that moved the price there, at the touch, and usually a smaller
 *    print at the other side, so that orders resting on either side can be filled.
 * 3. The first print is at the open, the last at the close, both extremes are printed (volume permitting) and the
 *    quantities sum to the candle's volume exactly.
 */
import { RandomStream } from './random-stream.ts';
import { splitVolume } from './volume-split.ts';
import type { MarketUnits, UnitCandle } from './unit-candle.ts';

export interface Print {
  readonly time: number;
  readonly price: number;
  readonly qty: number;
  readonly aggressor: 'BUY' | 'SELL';
}

export interface PathPoint {
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
  /** Oldest first, none before the quote. */
  readonly prints: readonly Print[];
}

const SLOT_MS = 7_500;
const SECOND_PRINT_MS = 2_500;
const FIRST_EXTREME = 2;
const SECOND_EXTREME = 5;
const LAST = 7;

/** `seed` colours the shares, the interior prices and the sides of unmoved points, never the candle's own values. */
export function minutePath(candle: UnitCandle, units: MarketUnits, seed: number): readonly PathPoint[] {
  const random = new RandomStream(seed, candle.openTime / 60_000);
  const prices = pathPrices(candle, units, random);
  const touches = prices.map((price, i) => touch(price, prices[i - 1] ?? price, units, random));
  const weights = touches.flatMap(() => [random.between(0.5, 1.5), random.between(0.1, 0.6)]);
  touches.forEach((own, i) => {
    const other = own.aggressor === 'BUY' ? own.bid : own.ask;
    if (other < candle.low || other > candle.high) weights[2 * i + 1] = 0;
  });
  const shares = splitVolume(candle.volume, weights, reservedSlots(prices));
  return touches.map((own, i) => {
    const time = candle.openTime + i * SLOT_MS;
    return {
      time,
      bid: own.bid,
      ask: own.ask,
      prints: pointPrints(own, time, i === LAST, shares[2 * i] ?? 0, shares[2 * i + 1] ?? 0),
    };
  });
}

function pathPrices(candle: UnitCandle, units: MarketUnits, random: RandomStream): readonly number[] {
  const rose = candle.close >= candle.open;
  const first = rose ? candle.low : candle.high;
  const second = rose ? candle.high : candle.low;
  const between = (from: number, to: number, share: number): number => {
    const price = Math.floor((from + (to - from) * share) / units.tick) * units.tick;
    return Math.min(candle.high, Math.max(candle.low, price));
  };
  return [
    candle.open,
    between(candle.open, first, random.between(0.25, 0.75)),
    first,
    between(first, second, random.between(0.2, 0.5)),
    between(first, second, random.between(0.5, 0.8)),
    second,
    between(second, candle.close, random.between(0.25, 0.75)),
    candle.close,
  ];
}

interface Touch {
  readonly price: number;
  readonly aggressor: 'BUY' | 'SELL';
  readonly bid: number;
  readonly ask: number;
}

/** A price that rose was lifted at the ask, one that fell was hit at the bid. */
function touch(price: number, previous: number, units: MarketUnits, random: RandomStream): Touch {
  const coin = random.unit() < 0.5;
  const aggressor = price > previous || (price === previous && coin) ? 'BUY' : 'SELL';
  if (aggressor === 'BUY') {
    // Recorded prints may stand off the tick; quotes never do. A bid below one tick does not exist either.
    const ask = Math.max(Math.ceil(price / units.tick) * units.tick, 2 * units.tick);
    return { price, aggressor, bid: Math.max(units.tick, ask - units.spread), ask };
  }
  const bid = Math.max(units.tick, Math.floor(price / units.tick) * units.tick);
  return { price, aggressor, bid, ask: bid + units.spread };
}

/** Slots that must trade for the candle to be what it is, most needed first; a price already printed needs no second print. */
function reservedSlots(prices: readonly number[]): readonly number[] {
  const printed = new Set<number | undefined>();
  return [0, LAST, FIRST_EXTREME, SECOND_EXTREME].flatMap((point) => {
    if (printed.has(prices[point])) return [];
    printed.add(prices[point]);
    return [2 * point];
  });
}

function pointPrints(own: Touch, time: number, isLast: boolean, mainQty: number, otherQty: number): readonly Print[] {
  const later = time + SECOND_PRINT_MS;
  const prints: Print[] = [];
  if (mainQty > 0) prints.push({ time: isLast ? later : time, price: own.price, qty: mainQty, aggressor: own.aggressor });
  if (otherQty > 0) {
    const buys = own.aggressor === 'SELL';
    prints.push({
      time: isLast ? time : later,
      price: buys ? own.ask : own.bid,
      qty: otherQty,
      aggressor: buys ? 'BUY' : 'SELL',
    });
  }
  return isLast ? prints.toReversed() : prints;
}
