import { type Decimal, decimal, isPositive, min } from '../money/decimal.ts';
import { closableQty } from './closing-orders.ts';
import type { Order, PositionSide } from './exchange-state.ts';
import { closeAtMark } from './forced-close.ts';
import type { MatchingContext } from './matching-context.ts';
import { type Answer, accept, reject } from './rejection.ts';

export interface Deleveraging {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  readonly qty: string;
}

/** The venue closes up to `qty` of a position at the mark price, as auto-deleveraging does. Refused when nothing is held. */
export function deleverage(ctx: MatchingContext, { symbol, positionSide, qty }: Deleveraging): Answer<Order> {
  const { state } = ctx;
  if (state.instruments[symbol] === undefined) return reject('symbol');
  const side = isPositive(closableQty(state, symbol, 'SELL', positionSide)) ? 'SELL' : 'BUY';
  const closed: Decimal = min(decimal(qty), closableQty(state, symbol, side, positionSide));
  if (!isPositive(closed)) return reject('reduceOnly');
  return accept(
    closeAtMark(ctx, {
      symbol,
      side,
      positionSide,
      qty: closed,
      closePosition: false,
      origin: 'adl',
      clientOrderId: `adl_autoclose-${state.nextOrderId}`,
    }),
  );
}
