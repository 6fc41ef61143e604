import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, symbolText } from '../scalars.ts';
import { runCost } from './run-cost.ts';
import { signalRecord, sizingRecord, vetoRecord } from './verdict.ts';

/** What one strategy decided for one symbol on one candle: the answer to "why" and to "why not". */
export const decisionRecord = z.strictObject({
  symbol: symbolText,
  strategy: z.string(),
  positionSide: positionSide.nullable(),
  outcome: z.enum(['noSignal', 'abstained', 'vetoed', 'intent', 'skipped']),
  reason: z.string().nullable(),
  signal: signalRecord.nullable(),
  sizing: sizingRecord.nullable(),
  /** Whether the order book leant the entry's way by what config calls aligned; null when it was not looked at or not known. */
  bookAligned: z.boolean().nullable(),
  vetoes: z.array(vetoRecord),
  intentId: z.string().nullable(),
});
export type DecisionRecord = z.infer<typeof decisionRecord>;

/** `ticks/{tickId}`: one run of a scheduled function. Expires by TTL on `expireAt`. */
export const tickRecord = z.strictObject({
  tickId: z.string(),
  job: z.enum(['screen', 'sync', 'learn', 'ingest']),
  summary: z.string(),
  outcome: z.enum(['ok', 'degraded', 'skipped']),
  problems: z.array(z.string()),
  scheduledAt: epochMs,
  startedAt: epochMs,
  finishedAt: epochMs,
  decisions: z.array(decisionRecord),
  signals: z.int().nonnegative(),
  intents: z.int().nonnegative(),
  swept: z.int().nonnegative(),
  navUsd: decimalText.nullable(),
  /** What its process has spent since the tick before; null where nobody has counted. */
  cost: runCost.nullable().default(null),
  expireAt: epochMs,
});
export type TickRecord = z.infer<typeof tickRecord>;
export const TICKS = collection('ticks', 1, tickRecord);
