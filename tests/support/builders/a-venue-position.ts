import type { VenuePosition } from '../../../functions/src/domain/account/account.ts';
import { price, qty, usd } from '../../../functions/src/domain/money/units.ts';

/** A hundredth of a bitcoin long, entered and marked at 100,000. */
export function aVenuePosition(over: Partial<VenuePosition> = {}): VenuePosition {
  return {
    symbol: 'BTCUSDT',
    positionSide: 'long',
    qty: qty('0.01'),
    entryPrice: price('100000'),
    markPrice: price('100000'),
    unrealizedPnl: usd('0'),
    liquidationPrice: null,
    updatedAt: 1,
    ...over,
  };
}
