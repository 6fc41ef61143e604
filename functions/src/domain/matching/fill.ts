// One execution of one order: the order, the trade, the position and the wallet move together.
import { type Decimal, ZERO, decimal, decimalOfInteger, divide, isPositive, isZero, text } from '../money/decimal.ts';
import { nextId, roundAmount } from './amount.ts';
import { expireExcessCloses } from './closing-orders.ts';
import type { Order, Position, Trade } from './exchange-state.ts';
import { type MatchingContext, instrumentOf, settingsOf } from './matching-context.ts';
import { addExecution } from './order-book.ts';
import { holdingOf, positionFor } from './position-book.ts';
import { type HoldingChange, applyFill } from './position-ledger.ts';
import { bookIncome } from './wallet.ts';

/** Executes `qty` of an open order at `price`. The commission is the quote amount times the rate, in the margin asset. */
export function fillOrder(ctx: MatchingContext, order: Order, qty: Decimal, price: Decimal, maker: boolean): Trade {
  const { state } = ctx;
  const position = positionFor(state, order.symbol, order.positionSide);
  const change = applyFill(holdingOf(position), order.side === 'BUY' ? qty : qty.neg(), price);
  const trade = bookTrade(ctx, order, qty, price, maker, change.realised);
  updatePosition(ctx, position, change);
  addExecution(ctx, order, qty, price);
  ctx.emit({ kind: 'trade', trade });
  if (isPositive(change.closedQty)) expireExcessCloses(ctx, order.symbol, order.positionSide);
  return trade;
}

function bookTrade(ctx: MatchingContext, order: Order, qty: Decimal, price: Decimal, maker: boolean, realised: Decimal): Trade {
  const { state } = ctx;
  const asset = instrumentOf(state, order.symbol).marginAsset;
  const quoteQty = qty.times(price);
  const commission = roundAmount(quoteQty.times(maker ? state.fees.maker : state.fees.taker));
  const trade: Trade = {
    id: state.nextTradeId,
    orderId: order.orderId,
    symbol: order.symbol,
    side: order.side,
    positionSide: order.positionSide,
    price: text(price),
    qty: text(qty),
    quoteQty: text(quoteQty),
    commission: text(commission),
    commissionAsset: asset,
    realizedPnl: text(realised),
    maker,
    time: state.time,
  };
  state.nextTradeId = nextId(trade.id);
  state.trades.push(trade);
  const row = { asset, symbol: order.symbol, tradeId: trade.id };
  bookIncome(ctx, { ...row, incomeType: 'COMMISSION', amount: commission.neg() });
  bookIncome(ctx, { ...row, incomeType: 'REALIZED_PNL', amount: realised });
  return trade;
}

function updatePosition(ctx: MatchingContext, position: Position, change: HoldingChange): void {
  const { leverage, marginType } = settingsOf(ctx.state, position.symbol);
  if (marginType === 'ISOLATED') position.isolatedWallet = text(isolatedAfter(position, change, leverage));
  position.qty = text(change.holding.qty);
  position.cost = text(change.holding.cost);
  position.updateTime = ctx.state.time;
}

/** A close releases the closed share of the isolated margin; an opening sets aside its initial margin. */
function isolatedAfter(position: Position, change: HoldingChange, leverage: number): Decimal {
  const before = decimal(position.isolatedWallet);
  const held = decimal(position.qty).abs();
  const released = isZero(held) ? ZERO : divide(before.times(change.closedQty), held, 8, 'half-even');
  return before.minus(released).plus(divide(change.openedCost.abs(), decimalOfInteger(leverage), 8, 'up'));
}
