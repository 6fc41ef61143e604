import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, positiveDecimalText, symbolText } from '../scalars.ts';

const lot = z.strictObject({
  qty: positiveDecimalText,
  price: positiveDecimalText,
  openedAt: epochMs,
});
export type Lot = z.infer<typeof lot>;

/** The way from flat to flat that is under way: what `trades/*` will say of it, summed fill by fill. */
const roundTrip = z.strictObject({
  /** The fill that opened it: with the opening time it names the trade. */
  openedBy: z.string(),
  openedAt: epochMs,
  intentIds: z.array(z.string()),
  openingQty: positiveDecimalText,
  openingQuoteUsd: positiveDecimalText,
  closingQty: decimalText,
  closingQuoteUsd: decimalText,
  /** FIFO, gross of fees. */
  realizedPnlUsd: decimalText,
  feesUsd: decimalText,
  fundingUsd: decimalText,
});
export type RoundTrip = z.infer<typeof roundTrip>;

const stray = z.strictObject({ realizedPnlUsd: decimalText, feesUsd: decimalText, fundingUsd: decimalText });

/** When the last round trip was under way, so that funding told afterwards still finds its trade. */
const pastTrip = z.strictObject({ tradeId: z.string(), openedAt: epochMs, closedAt: epochMs, openingQty: positiveDecimalText });

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
  /** What belongs to no trade: fees of a close that found nothing to close, and round trips that an adjustment broke off. */
  stray,
  openedAt: epochMs.nullable(),
  lastFillAt: epochMs.nullable(),
  /** Null when flat. */
  roundTrip: roundTrip.nullable(),
  lastTrip: pastTrip.nullable(),
  /** Until when an adjustment has set the quantity: fills up to then are costs only. */
  adjustedAt: epochMs.nullable(),
});
export type PositionRecord = z.infer<typeof positionRecord>;
export const POSITIONS = collection('positions', 1, positionRecord);
export const positionKey = (symbol: string, side: 'long' | 'short'): string => `${symbol}-${side}`;
