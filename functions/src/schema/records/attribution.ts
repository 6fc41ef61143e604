import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, purpose, side, symbolText } from '../scalars.ts';
import { endedAttempt } from './intent.ts';
import { routingPolicy } from './route-record.ts';
import { signalRecord, sizingRecord, vetoRecord } from './verdict.ts';

/** `attribution/{intentId}`: one record per intent, from signal to settled result. Kept for ever. */
export const attributionRecord = z.strictObject({
  summary: z.string(),
  intentId: z.string(),
  symbol: symbolText,
  side,
  positionSide,
  purpose,
  strategy: z.string().nullable(),
  outcome: z.enum(['settled', 'vetoed', 'expired', 'failed']),
  outcomeReason: z.string().nullable(),
  signal: signalRecord.nullable(),
  sizing: sizingRecord.nullable(),
  vetoes: z.array(vetoRecord),
  /** Which routing policy applied, learned or configured; null for what was never approved. */
  policy: routingPolicy.nullable(),
  approvedQty: decimalText,
  executedQty: decimalText,
  averagePrice: decimalText.nullable(),
  makerQty: decimalText,
  takerQty: decimalText,
  feesUsd: decimalText,
  realizedPnlUsd: decimalText,
  /** Against the mid at first arming; positive is adverse. */
  slippageBps: z.number().nullable(),
  attempts: z.array(endedAttempt),
  createdAt: epochMs,
  terminalAt: epochMs,
});
export type AttributionRecord = z.infer<typeof attributionRecord>;
export const ATTRIBUTION = collection('attribution', 1, attributionRecord);
