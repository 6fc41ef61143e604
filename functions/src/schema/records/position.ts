import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, positiveDecimalText, symbolText } from '../scalars.ts';

const lot = z.strictObject({
  qty: positiveDecimalText,
  price: positiveDecimalText,
  openedAt: epochMs,
});
export type Lot = z.infer<typeof lot>;

/** `positions/{symbol}-{positionSide}`: the ledger of one position side, first in first out, flat ones included. */
export const positionRecord = z.strictObject({
  symbol: symbolText,
  positionSide,
  tier: z.string(),
  strategy: z.string().nullable(),
  lots: z.array(lot),
  qty: decimalText,
  averageEntryPrice: decimalText,
  /** Over the whole life of this side: FIFO PnL gross of fees, fees, and the venue's average-entry PnL. */
  realizedPnlUsd: decimalText,
  venueRealizedPnlUsd: decimalText,
  feesUsd: decimalText,
  openedAt: epochMs.nullable(),
  lastFillAt: epochMs.nullable(),
});
export type PositionRecord = z.infer<typeof positionRecord>;
export const POSITIONS = collection('positions', 1, positionRecord);
export const positionKey = (symbol: string, side: 'long' | 'short'): string => `${symbol}-${side}`;
