import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, symbolText, tradingState } from '../scalars.ts';

/** Use of one symbol's caps. A percent of NAV is null while NAV is not known. */
const symbolUse = z.strictObject({
  exposureUsd: decimalText,
  exposurePct: decimalText.nullable(),
  maxExposurePct: decimalText,
  exposureLeftUsd: decimalText.nullable(),
  /** Zero for a gain; null when a record of it cannot be read. */
  dayLossUsd: decimalText.nullable(),
  dayLossPct: decimalText.nullable(),
  maxDayLossPct: decimalText,
  tradesThisHour: z.int().nonnegative(),
  maxTradesPerHour: z.int().positive(),
  /** Null unless the engine itself keeps entries out of the symbol. */
  disabledUntilAt: epochMs.nullable(),
});
export type SymbolUse = z.infer<typeof symbolUse>;

/**
 * `state/risk_snapshot`, written by sync alone, for people: every account cap with its use and what is left of it, orders
 * under way included. The gate never reads it. Written when a use has moved by a whole percent, a count or a switch has
 * changed, and when the last one is `writtenEveryMinutes` old.
 */
export const riskSnapshot = z.strictObject({
  summary: z.string(),
  tradingState,
  navUsd: decimalText.nullable(),
  grossUsd: decimalText,
  grossPct: decimalText.nullable(),
  maxGrossPct: decimalText,
  grossLeftUsd: decimalText.nullable(),
  drawdownPct: decimalText.nullable(),
  drawdownAlertPct: decimalText,
  maxDrawdownPct: decimalText,
  /** NAV may fall by so much before entries stop. */
  drawdownLeftUsd: decimalText.nullable(),
  dayLossPct: decimalText.nullable(),
  maxDayLossPct: decimalText,
  dayLossLeftUsd: decimalText.nullable(),
  positions: z.int().nonnegative(),
  maxPositions: z.int().positive(),
  ordersInWindow: z.int().nonnegative(),
  maxOrdersInWindow: z.int().positive(),
  errorsInWindow: z.int().nonnegative(),
  maxErrorsInWindow: z.int().positive(),
  circuit: z.enum(['closed', 'open']),
  bySymbol: z.record(symbolText, symbolUse),
  /** First record that could not be read; the sums lack it. */
  fault: z.string().nullable(),
  computedAt: epochMs,
  writtenEveryMinutes: z.int().positive(),
});
export type RiskSnapshot = z.infer<typeof riskSnapshot>;
export const RISK_SNAPSHOT = collection('state', 1, riskSnapshot);
export const RISK_SNAPSHOT_ID = 'risk_snapshot';
