import type { Decimal } from '../money/decimal.ts';
import { text } from '../money/decimal.ts';
import type { VenueFill } from '../order/venue-order.ts';
import type { FillRecord } from '../../schema/records/fill.ts';
import type { FillResult } from './risk-after-fill.ts';

/** Whose order it filled; null for one we did not send. */
export interface FillOwner {
  readonly clientOrderId: string;
  readonly intentId: string;
}

export function fillRecord(fill: VenueFill, owner: FillOwner | null, feeRateUsd: Decimal, result: FillResult): FillRecord {
  return {
    tradeId: fill.tradeId,
    symbol: fill.symbol,
    venueOrderId: fill.venueOrderId,
    clientOrderId: owner?.clientOrderId ?? null,
    intentId: owner?.intentId ?? null,
    side: fill.side,
    positionSide: fill.positionSide,
    qty: text(fill.qty),
    price: text(fill.price),
    isMaker: fill.isMaker,
    feeAmount: text(fill.feeAmount),
    feeAsset: fill.feeAsset,
    feeUsd: text(result.feeUsd),
    feeRateUsd: text(feeRateUsd),
    realizedPnlUsd: text(result.realizedPnlUsd),
    venueRealizedPnlUsd: text(fill.realizedPnl),
    filledAt: fill.filledAt,
  };
}
