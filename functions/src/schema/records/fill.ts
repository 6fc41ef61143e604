import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, positiveDecimalText, side, symbolText } from '../scalars.ts';

/** `fills/{symbol}-{tradeId}`: one trade, keyed by the venue so that booking it twice changes nothing. Kept for ever. */
export const fillRecord = z.strictObject({
  tradeId: z.string(),
  symbol: symbolText,
  venueOrderId: z.string(),
  clientOrderId: z.string().nullable(),
  intentId: z.string().nullable(),
  side,
  positionSide,
  qty: positiveDecimalText,
  price: positiveDecimalText,
  isMaker: z.boolean(),
  feeAmount: decimalText,
  feeAsset: z.string(),
  /** Fee in dollars at the recorded rate. */
  feeUsd: decimalText,
  feeRateUsd: decimalText,
  /** FIFO, gross of fees. */
  realizedPnlUsd: decimalText,
  /** The venue's own figure, by average entry, gross of fees. */
  venueRealizedPnlUsd: decimalText,
  filledAt: epochMs,
});
export type FillRecord = z.infer<typeof fillRecord>;
export const FILLS = collection('fills', 1, fillRecord);
export const fillId = (symbol: string, tradeId: string): string => `${symbol}-${tradeId}`;
