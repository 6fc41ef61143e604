import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, positiveDecimalText, purpose, side, symbolText } from '../scalars.ts';
import { orderStatus } from './order.ts';
import { routingPolicy } from './route-record.ts';
import { runCost } from './run-cost.ts';
import { signalRecord, sizingRecord, vetoRecord } from './verdict.ts';

/** Terminal: vetoed, settled, expired, failed. */
export const intentStatus = z.enum(['pending', 'working', 'vetoed', 'settled', 'expired', 'failed']);
export type IntentStatus = z.infer<typeof intentStatus>;

export const endedAttempt = z.strictObject({
  clientOrderId: z.string(),
  leg: z.enum(['maker', 'taker']),
  slice: z.int().positive(),
  status: orderStatus,
  statusReason: z.string().nullable(),
  executedQty: decimalText,
  /** Arming to acknowledgement; null for one that the venue never acknowledged. */
  ackLatencyMs: z.int().nonnegative().nullable(),
});

/** How an approved quantity is spread over time. Slice 1 starts at approval. */
export const slicePlan = z.strictObject({
  slices: z.int().min(2),
  /** Of every slice but the last, which takes what rounding has left. */
  sliceQty: positiveDecimalText,
  /** Less than this is not sent on its own but left to the next slice. */
  minQty: positiveDecimalText,
  intervalMs: z.int().positive(),
});
export type SlicePlan = z.infer<typeof slicePlan>;

/** `intents/{intentId}`: what we decided to do, and how far it has come. */
export const intentRecord = z.strictObject({
  intentId: z.string(),
  tickId: z.string(),
  symbol: symbolText,
  tier: z.string(),
  side,
  positionSide,
  purpose,
  status: intentStatus,
  statusReason: z.string().nullable(),
  /** Final, filter-rounded quantity, and the price it was sized at. */
  qty: positiveDecimalText,
  referencePrice: positiveDecimalText,
  leverage: z.number().positive(),
  signal: signalRecord.nullable(),
  sizing: sizingRecord.nullable(),
  vetoes: z.array(vetoRecord),
  createdAt: epochMs,
  /** After this no new attempt is armed; what rests is cancelled. */
  expiresAt: epochMs,
  /** Takes what remains instead of resting for it: the market has passed a stop of its position. */
  isUrgent: z.boolean().default(false),
  approvedAt: epochMs.nullable(),
  /** Set at approval; null before it. */
  policy: routingPolicy.nullable(),
  /** Set at approval; null for an intent that is sent at once. */
  slicePlan: slicePlan.nullable(),
  terminalAt: epochMs.nullable(),
  /** The latest attempt; earlier ones are terminal or proven absent. */
  clientOrderId: z.string().nullable(),
  attempts: z.int().nonnegative(),
  executedQty: decimalText,
  /** Sum of quantity times price over its fills. */
  executedQuoteUsd: decimalText,
  makerQty: decimalText,
  feesUsd: decimalText,
  /** FIFO, gross of fees. */
  realizedPnlUsd: decimalText,
  /** Mid price when the first attempt was armed. */
  arrivalMid: decimalText.nullable(),
  /** Every attempt that has ended, in order. */
  endedAttempts: z.array(endedAttempt),
  /** What the functions that worked it had spent when they approved or ended it, earlier runs that wrote no intent included. */
  costs: z.partialRecord(z.enum(['execute', 'confirm']), runCost).default({}),
});
export type IntentRecord = z.infer<typeof intentRecord>;
export const INTENTS = collection('intents', 1, intentRecord);
