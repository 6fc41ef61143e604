// How resting orders fill. Prints at our price first eat the quantity that was displayed there before us; a print through our
// price reaches us at once; neither gives more than the print's quantity. A book that moves through our price fills us whole.
import { type Decimal, ZERO, decimal, isPositive, max, min, text } from '../money/decimal.ts';
import type { QuoteEvent, TradeEvent } from './market-event.ts';
import type { Order } from './exchange-state.ts';
import { fillOrder } from './fill.ts';
import type { MatchingContext } from './matching-context.ts';
import { isOpen, openOrdersOf, remainingQty } from './order-book.ts';

export function fillCrossedByQuote(ctx: MatchingContext, quote: QuoteEvent): void {
  for (const order of openOrdersOf(ctx.state, quote.symbol).filter((open) => isCrossed(open, quote))) {
    if (isOpen(order)) fillOrder(ctx, order, remainingQty(order), decimal(order.price), true);
  }
}

function isCrossed(order: Order, quote: QuoteEvent): boolean {
  const price = decimal(order.price);
  return order.side === 'BUY' ? price.gte(quote.askPrice) : price.lte(quote.bidPrice);
}

export function fillFromPrint(ctx: MatchingContext, print: TradeEvent): void {
  const makerSide = print.aggressor === 'SELL' ? 'BUY' : 'SELL';
  const resting = openOrdersOf(ctx.state, print.symbol).filter((order) => order.side === makerSide && reaches(print, order));
  if (resting.length === 0) return;
  let left = decimal(print.qty);
  /** What others at the print's own price have already been given: they stand ahead of all our orders there. */
  let eaten = ZERO;
  for (const order of resting.toSorted(byPriority)) {
    const atPrice = decimal(order.price).eq(print.price);
    if (atPrice) {
      const ahead = max(ZERO, decimal(order.queueAhead).minus(eaten));
      const bite = min(ahead, left);
      eaten = eaten.plus(bite);
      left = left.minus(bite);
      order.queueAhead = text(ahead.minus(bite));
    } else {
      order.queueAhead = '0';
    }
    left = left.minus(fillUpTo(ctx, order, left));
  }
}

function fillUpTo(ctx: MatchingContext, order: Order, available: Decimal): Decimal {
  if (!isOpen(order)) return ZERO;
  const qty = min(remainingQty(order), available);
  if (isPositive(qty)) fillOrder(ctx, order, qty, decimal(order.price), true);
  return qty;
}

/** A sell print reaches bids at or above its price, a buy print asks at or below. */
function reaches(print: TradeEvent, order: Order): boolean {
  const price = decimal(order.price);
  return order.side === 'BUY' ? price.gte(print.price) : price.lte(print.price);
}

/** Best price first; at one price the earlier order, which the stable sort keeps. */
function byPriority(a: Order, b: Order): number {
  const rising = decimal(a.price).cmp(b.price);
  return a.side === 'BUY' ? -rising : rising;
}
