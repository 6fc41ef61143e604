import { decimal } from '../../../functions/src/domain/money/decimal.ts';
import { price, qty, usd } from '../../../functions/src/domain/money/units.ts';
import type { VenueFill, VenueOrder } from '../../../functions/src/domain/order/venue-order.ts';
import { NOW } from '../../unit/domain/risk/scenario.ts';

/** How the venue shows the order of `anOrderRecord`. */
export function aVenueOrder(changes: Partial<VenueOrder> = {}): VenueOrder {
  return {
    clientOrderId: 'pc-mine-m1',
    venueOrderId: '900',
    symbol: 'BTCUSDT',
    side: 'buy',
    positionSide: 'long',
    type: 'limit',
    status: 'new',
    qty: qty('5'),
    price: price('99.9'),
    executedQty: qty('0'),
    averagePrice: null,
    updatedAt: NOW,
    ...changes,
  };
}

/** Amounts of a fill as text, for tables. */
export interface FillText {
  readonly id?: string;
  readonly side?: 'buy' | 'sell';
  readonly positionSide?: 'long' | 'short';
  readonly qty?: string;
  readonly price?: string;
  readonly fee?: string;
  readonly feeAsset?: string;
  readonly venuePnl?: string;
  readonly isMaker?: boolean;
  readonly at?: number;
}

/** One trade of that order: 1 at 100 for 0.04 USDT, as a taker. */
export function aFill(of: FillText = {}): VenueFill {
  return {
    tradeId: of.id ?? '1',
    venueOrderId: '900',
    symbol: 'BTCUSDT',
    side: of.side ?? 'buy',
    positionSide: of.positionSide ?? 'long',
    qty: qty(of.qty ?? '1'),
    price: price(of.price ?? '100'),
    feeAmount: decimal(of.fee ?? '0.04'),
    feeAsset: of.feeAsset ?? 'USDT',
    realizedPnl: usd(of.venuePnl ?? '0'),
    isMaker: of.isMaker ?? false,
    filledAt: of.at ?? NOW,
  };
}
