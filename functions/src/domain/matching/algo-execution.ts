// A triggered conditional order becomes a market order, and how that went is the conditional order's end: FINISHED when an order was
// placed, EXPIRED when no position was left to close, REJECTED when the order was refused.
import { type Decimal, decimal, divide, isPositive, isZero, text } from '../money/decimal.ts';
import { closeAlgo } from './algo-orders.ts';
import { trail, triggersAt } from './algo-triggers.ts';
import { closableQty, isClosing } from './closing-orders.ts';
import type { AlgoOrder, Order, WorkingType } from './exchange-state.ts';
import { closeByMarket } from './forced-close.ts';
import type { MatchingContext } from './matching-context.ts';
import { placeOrder } from './place-order.ts';
import { type Answer, accept, reject } from './rejection.ts';

/** Fires what the new price of a working type fires, oldest first. */
export function triggerAlgos(ctx: MatchingContext, symbol: string, workingType: WorkingType, priceText: string): void {
  const waiting = ctx.state.openAlgos.filter((algo) => algo.symbol === symbol && algo.workingType === workingType);
  if (waiting.length === 0) return;
  const price = decimal(priceText);
  for (const algo of waiting) {
    const fires = algo.callbackRate === null ? triggersAt(algo, price) : trail(algo, algo.callbackRate, price);
    if (fires) fire(ctx, algo);
  }
}

function fire(ctx: MatchingContext, algo: AlgoOrder): void {
  algo.triggerTime = ctx.state.time;
  const held = closableQty(ctx.state, algo.symbol, algo.side, algo.positionSide);
  if (algo.closePosition && isZero(held)) {
    closeAlgo(ctx, algo, 'EXPIRED');
    return;
  }
  const placed = isClosing(algo) ? closeWith(ctx, algo, held) : openWith(ctx, algo);
  if (placed.ok) {
    algo.actualOrderId = placed.value.orderId;
    algo.actualPrice = text(averagePrice(placed.value));
    closeAlgo(ctx, algo, 'FINISHED');
  } else {
    algo.rejectCode = placed.code;
    closeAlgo(ctx, algo, 'REJECTED');
  }
}

function closeWith(ctx: MatchingContext, algo: AlgoOrder, held: Decimal): Answer<Order> {
  const qty = algo.closePosition ? held : decimal(algo.quantity);
  if (qty.gt(held)) return reject('reduceOnly');
  const { symbol, side, positionSide, closePosition } = algo;
  return accept(closeByMarket(ctx, { symbol, side, positionSide, qty, closePosition, origin: 'algo', clientOrderId: null }));
}

function openWith(ctx: MatchingContext, algo: AlgoOrder): Answer<Order> {
  const { symbol, side, positionSide, quantity } = algo;
  return placeOrder(ctx, { symbol, side, positionSide, quantity, type: 'MARKET' });
}

/** Average execution price for display, 0 while nothing is executed. */
export function averagePrice(order: Order): Decimal {
  const executed = decimal(order.executedQty);
  return isPositive(executed) ? divide(decimal(order.cumQuote), executed, 8, 'half-even') : executed;
}
