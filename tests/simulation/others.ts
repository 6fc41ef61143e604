/**
 * What happens to the account without us: the venue takes a resting order or a stop away, money comes or goes, and the
 * owner closes a position, or half of it, by hand.
 */
import type { Exchange } from '../../functions/src/domain/matching/exchange.ts';
import type { Order } from '../../functions/src/domain/matching/exchange-state.ts';
import { decimal, isNegative, isZero, round, text } from '../../functions/src/domain/money/decimal.ts';
import type { RandomStream } from '../../local/venue/market/random-stream.ts';
import type { Chaos } from './chaos.ts';

const BY_HAND = 'by-hand';
/** Dollars. */
const LARGEST_TRANSFER = 500;

export const isByHand = ({ clientOrderId }: Pick<Order, 'clientOrderId'>): boolean => clientOrderId.startsWith(BY_HAND);

export class Others {
  readonly #exchange: Exchange;
  readonly #chaos: Chaos;
  #orders = 0;

  constructor(exchange: Exchange, chaos: Chaos) {
    this.#exchange = exchange;
    this.#chaos = chaos;
  }

  minute(now: number): void {
    const { state } = this.#exchange;
    const orderGone = this.#chaos.strike('account.orderGone');
    const stopGone = this.#chaos.strike('account.stopGone');
    const transfer = this.#chaos.strike('account.transfer');
    const closed = this.#chaos.strike('account.closedByHand');
    const order = orderGone === null ? undefined : oneOf(Object.values(state.openOrders).flat(), orderGone);
    if (order !== undefined) this.#exchange.execute('cancelOrder', { symbol: order.symbol, orderId: order.orderId }, now);
    const stop = stopGone === null ? undefined : oneOf(state.openAlgos, stopGone);
    if (stop !== undefined) this.#exchange.execute('cancelAlgo', { algoId: stop.algoId }, now);
    if (transfer !== null) this.#exchange.execute('transfer', { asset: 'USDT', amount: transfer.between(-LARGEST_TRANSFER, LARGEST_TRANSFER).toFixed(2) }, now);
    if (closed !== null) this.#closeByHand(closed, now);
  }

  /** As the venue lets them: what it refuses does not happen. */
  #closeByHand(strike: RandomStream, now: number): void {
    const { positions, instruments } = this.#exchange.state;
    const held = oneOf(Object.values(positions).filter((position) => !isZero(decimal(position.qty))), strike);
    const instrument = held === undefined ? undefined : instruments[held.symbol];
    if (held === undefined || instrument === undefined) return;
    const qty = decimal(held.qty);
    const share = strike.unit() < 0.5 ? qty.abs() : round(qty.abs().times('0.5'), instrument.quantityPrecision, 'down');
    const isOneWay = held.positionSide === 'BOTH';
    this.#exchange.execute(
      'placeOrder',
      {
        symbol: held.symbol,
        side: isNegative(qty) ? 'BUY' : 'SELL',
        positionSide: held.positionSide,
        type: 'MARKET',
        quantity: text(share),
        newClientOrderId: `${BY_HAND}-${(this.#orders += 1)}`,
        ...(isOneWay ? { reduceOnly: true } : {}),
      },
      now,
    );
  }
}

function oneOf<T>(all: readonly T[], strike: RandomStream): T | undefined {
  return all[Math.floor(strike.unit() * all.length)];
}
