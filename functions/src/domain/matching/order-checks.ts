// What the market and the account's holdings say to a well-formed order, in the order in which the venue asks.
import { type Decimal, ZERO, decimal, divide, isPositive, max, sum } from '../money/decimal.ts';
import { closableQty, isClosing, pendingCloseQty } from './closing-orders.ts';
import { bestLevel } from './depth-model.ts';
import type { ExchangeState, Order } from './exchange-state.ts';
import { availableBalance, marginFor } from './margin.ts';
import { markOf, marketOf, settingsOf } from './matching-context.ts';
import { checkCounterparty, checkNotional, checkPriceBand, isTrading } from './order-filters.ts';
import { openOrdersOf, remainingQty } from './order-book.ts';
import { type ParsedOrder, firstRefusal } from './order-request.ts';
import { heldQty } from './position-book.ts';
import { type Rejection, reject } from './rejection.ts';
import { type TakerPlan, planTake } from './taker-plan.ts';

export function refuseOrder(state: ExchangeState, order: ParsedOrder): Rejection | null {
  return firstRefusal(
    () => checkDuplicate(state, order.clientOrderId),
    () => (isTrading(order.instrument, marketOf(state, order.symbol)) ? null : reject('symbolNotTrading')),
    () => (openOrdersOf(state, order.symbol).length >= order.instrument.maxNumOrders ? reject('maxOpenOrders') : null),
    () => checkClosing(state, order),
    () => checkMarket(state, order),
    () => (isClosing(order) ? null : checkOpening(state, order)),
    () => checkTimeInForce(state, order),
  );
}

/** Client ids are unique among open orders only: once an order is done its id may be used again. */
function checkDuplicate(state: ExchangeState, clientOrderId: string | null): Rejection | null {
  if (clientOrderId === null) return null;
  const taken = Object.values(state.openOrders).some((orders) => orders.some((order) => order.clientOrderId === clientOrderId));
  return taken ? reject('duplicateClientOrderId') : null;
}

function checkClosing(state: ExchangeState, order: ParsedOrder): Rejection | null {
  if (!isClosing(order)) return null;
  const held = closableQty(state, order.symbol, order.side, order.positionSide);
  const free = held.minus(pendingCloseQty(state, order));
  return decimal(order.quantity).gt(free) ? reject('reduceOnly') : null;
}

function checkMarket(state: ExchangeState, order: ParsedOrder): Rejection | null {
  const { instrument, side } = order;
  const mark = decimal(markOf(state, order.symbol));
  const quantity = decimal(order.quantity);
  const limited = order.type === 'LIMIT';
  const best = bestLevel(instrument, marketOf(state, order.symbol), side === 'BUY' ? 'ask' : 'bid');
  return firstRefusal(
    () => (limited ? checkPriceBand(instrument, side, decimal(order.price), mark) : null),
    () => (limited || best === null ? null : checkCounterparty(instrument, side, best.price, mark)),
    () => (isClosing(order) ? null : checkNotional(instrument, quantity, limited ? decimal(order.price) : mark)),
  );
}

/** Position limit of the chosen leverage, then margin: initial margin plus the loss the order would open with. */
function checkOpening(state: ExchangeState, order: ParsedOrder): Rejection | null {
  const mark = decimal(markOf(state, order.symbol));
  const quantity = decimal(order.quantity);
  const notional = order.type === 'LIMIT' ? quantity.times(order.price) : planFor(state, order).notional;
  const opening = openingQty(state, order);
  if (exceedsPositionLimit(state, order, opening.times(mark))) return reject('positionAboveLeverage');
  const openingNotional = divide(notional.times(opening), quantity, 8, 'up');
  const atMark = opening.times(mark);
  const openLoss = max(ZERO, order.side === 'BUY' ? openingNotional.minus(atMark) : atMark.minus(openingNotional));
  const cost = marginFor(state, order.symbol, openingNotional).plus(openLoss);
  const available = availableBalance(state, order.instrument.marginAsset);
  return isPositive(cost) && cost.gt(available) ? reject('marginInsufficient') : null;
}

/** In one-way mode an order against the position opens only what exceeds it, orders already resting there counted first. */
function openingQty(state: ExchangeState, order: ParsedOrder): Decimal {
  const quantity = decimal(order.quantity);
  if (order.positionSide !== 'BOTH') return quantity;
  const cover = closableQty(state, order.symbol, order.side, 'BOTH').minus(sum(sameDirectionOpenings(state, order).map(remainingQty)));
  return max(ZERO, quantity.minus(max(ZERO, cover)));
}

function exceedsPositionLimit(state: ExchangeState, order: ParsedOrder, openingAtMark: Decimal): boolean {
  const { leverage } = settingsOf(state, order.symbol);
  const cap = order.instrument.brackets.findLast((bracket) => bracket.initialLeverage >= leverage)?.notionalCap;
  if (cap === undefined) return true;
  const mark = markOf(state, order.symbol);
  const held = heldQty(state, order.symbol, order.positionSide);
  const sameSide = order.side === 'BUY' ? held.gt(ZERO) : held.lt(ZERO);
  const resting = sum(sameDirectionOpenings(state, order).map(remainingQty));
  const before = (sameSide ? held.abs() : ZERO).plus(resting).times(mark);
  return isPositive(openingAtMark) && before.plus(openingAtMark).gt(cap);
}

function sameDirectionOpenings(state: ExchangeState, order: ParsedOrder): Order[] {
  return openOrdersOf(state, order.symbol).filter(
    (resting) => resting.side === order.side && resting.positionSide === order.positionSide && !isClosing(resting),
  );
}

function checkTimeInForce(state: ExchangeState, order: ParsedOrder): Rejection | null {
  if (order.timeInForce === 'GTX') return isPositive(planFor(state, order).qty) ? reject('postOnly') : null;
  if (order.timeInForce === 'FOK') return planFor(state, order).qty.lt(order.quantity) ? reject('fillOrKill') : null;
  return null;
}

function planFor(state: ExchangeState, order: ParsedOrder): TakerPlan {
  const limit = order.type === 'LIMIT' ? decimal(order.price) : null;
  return planTake(order.instrument, marketOf(state, order.symbol), order.side, decimal(order.quantity), limit);
}
