// The book beyond the best quote, made up deterministically: sizes grow linearly with the distance from the best price, so a
// taker's price impact grows with the square root of its size. Prices step by about a tenth of a basis point.
import { type Decimal, ONE, ZERO, decimal, decimalOfInteger, divide, isPositive, max, min } from '../money/decimal.ts';
import type { SymbolMarket } from './exchange-state.ts';
import type { VenueInstrument } from './venue-instrument.ts';

export interface BookLevel {
  readonly price: Decimal;
  readonly qty: Decimal;
}

export type BookSide = 'bid' | 'ask';

const LEVELS = 1000;
const SPACINGS_PER_PRICE = decimal('100000');

/** Levels of one side from the best outward, less what our takers consumed since the last quote. Empty without a quote. */
export function* displayedLevels(instrument: VenueInstrument, market: SymbolMarket, side: BookSide): Generator<BookLevel> {
  const best = bestQuoted(market, side);
  if (best === null) return;
  const spacing = levelSpacing(instrument, best.price);
  const step = side === 'ask' ? spacing : ZERO.minus(spacing);
  let taken = decimal(side === 'ask' ? market.askTaken : market.bidTaken);
  for (let level = 0; level < LEVELS; level++) {
    const depth = decimalOfInteger(level);
    const price = best.price.plus(step.times(depth));
    if (!isPositive(price)) return;
    const displayed = best.qty.times(depth.plus(ONE));
    const consumed = min(displayed, taken);
    taken = taken.minus(consumed);
    const qty = displayed.minus(consumed);
    if (isPositive(qty)) yield { price, qty };
  }
}

/** Best price still displayed on a side, null without a quote or when our takers have consumed the whole side. */
export function bestLevel(instrument: VenueInstrument, market: SymbolMarket, side: BookSide): BookLevel | null {
  for (const level of displayedLevels(instrument, market, side)) return level;
  return null;
}

/** Size of others displayed at `price` on its own side: 0 inside the spread, the model's size at and behind the best. */
export function displayedSizeAt(instrument: VenueInstrument, market: SymbolMarket, side: BookSide, price: Decimal): Decimal {
  const best = bestQuoted(market, side);
  if (best === null) return ZERO;
  const distance = side === 'bid' ? best.price.minus(price) : price.minus(best.price);
  if (distance.lt(ZERO)) return ZERO;
  const level = divide(distance, levelSpacing(instrument, best.price), 0, 'up');
  return best.qty.times(level.plus(ONE));
}

function bestQuoted(market: SymbolMarket, side: BookSide): BookLevel | null {
  const { quote } = market;
  if (quote === null) return null;
  return side === 'bid'
    ? { price: decimal(quote.bidPrice), qty: decimal(quote.bidQty) }
    : { price: decimal(quote.askPrice), qty: decimal(quote.askQty) };
}

function levelSpacing(instrument: VenueInstrument, bestPrice: Decimal): Decimal {
  const tick = decimal(instrument.tickSize);
  const ticks = divide(bestPrice, tick.times(SPACINGS_PER_PRICE), 0, 'down');
  return tick.times(max(ONE, ticks));
}
