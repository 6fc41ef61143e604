import { price, qty } from '../../../functions/src/domain/money/units.ts';
import type { OrderRequest, VenueFill, VenueOrder, VenueOutcome } from '../../../functions/src/domain/order/venue-order.ts';
import type { Found, Reading } from '../../../functions/src/domain/found.ts';
import { T0 } from '../../unit/domain/matching/exchange-builder.ts';

type Common = Omit<OrderRequest, 'type' | 'price' | 'timeInForce'>;

const OPEN_LONG: Common = {
  clientOrderId: 'pc-test-0-1',
  symbol: 'BTCUSDT',
  side: 'buy',
  positionSide: 'long',
  reducing: false,
  qty: qty('0.1'),
  armedAt: T0,
};

/** Opens a BTC long of 0.1 with a maker order at 49000 unless told otherwise. */
export function limitOrder(
  over: Partial<Common> & { readonly at?: string; readonly timeInForce?: 'GTX' | 'IOC' | 'GTC' } = {},
): OrderRequest {
  const { at = '49000', timeInForce = 'GTX', ...common } = over;
  return { ...OPEN_LONG, ...common, type: 'limit', price: price(at), timeInForce };
}

/** Opens a BTC long of 0.1 at market unless told otherwise. */
export function marketOrder(over: Partial<Common> = {}): OrderRequest {
  return { ...OPEN_LONG, ...over, type: 'market' };
}

export function accepted(outcome: VenueOutcome): VenueOrder {
  if (outcome.kind !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
  return outcome.order;
}

export function found<T>(reading: Found<T> | Reading<T>): T {
  if (reading.kind !== 'found') throw new Error(`not found: ${JSON.stringify(reading)}`);
  return reading.value;
}

/** A fill without what the exchange makes up: ids and time. */
export function essence({ side, positionSide, qty: filled, price: at, feeAmount, feeAsset, realizedPnl, isMaker }: VenueFill): Record<string, unknown> {
  return {
    side,
    positionSide,
    qty: filled.toFixed(),
    price: at.toFixed(),
    fee: `${feeAmount.toFixed()} ${feeAsset}`,
    realizedPnl: realizedPnl.toFixed(),
    isMaker,
  };
}
