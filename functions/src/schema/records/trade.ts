import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, positiveDecimalText, symbolText } from '../scalars.ts';

/**
 * `trades/{symbol}-{positionSide}-{openedAt}-{id of the opening fill}`: one round trip of a position side, from flat to flat, written in the
 * commit that books its last fill; funding that the venue publishes later is added to it. What learning, attribution and a trader's own list of trades read. Kept for ever.
 */
export const tradeRecord = z.strictObject({
  summary: z.string(),
  symbol: symbolText,
  positionSide,
  /** Whose entry opened it; null for a position we did not open. */
  strategy: z.string().nullable(),
  /** Id of the fill that opened it. */
  openedBy: z.string(),
  /** The intents whose fills it holds, in order of first fill; a stop or a stranger's order has none. */
  intentIds: z.array(z.string()),
  /** What closed it: an intent of ours, a stop that rested at the venue, a forced close, or somebody else. */
  closedBy: z.enum(['intent', 'stop', 'liquidation', 'other']),
  qty: positiveDecimalText,
  /** Sum over opening fills of quantity times price: the base of returns. */
  entryNotionalUsd: positiveDecimalText,
  averageEntryPrice: positiveDecimalText,
  averageExitPrice: positiveDecimalText,
  /** FIFO, gross. */
  realizedPnlUsd: decimalText,
  feesUsd: decimalText,
  /** Positive when received. */
  fundingUsd: decimalText,
  /** realizedPnlUsd - feesUsd + fundingUsd. */
  netPnlUsd: decimalText,
  openedAt: epochMs,
  closedAt: epochMs,
});
export type TradeRecord = z.infer<typeof tradeRecord>;
export const TRADES = collection('trades', 1, tradeRecord);
export const tradeId = (symbol: string, side: 'long' | 'short', openedAt: number, openedBy: string): string => `${symbol}-${side}-${openedAt}-${openedBy}`;
