import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, symbolText } from '../scalars.ts';
import { warmup } from './learned.ts';

export const riskMode = z.enum(['normal', 'cautious', 'defensive']);
export type RiskMode = z.infer<typeof riskMode>;

export const symbolAllocation = z.strictObject({
  ...warmup,
  /** What the share is in proportion to. */
  signal: z.number().nonnegative(),
  share: z.number().min(0).max(1),
  /** The share, less what the risk mode holds back; all weights together are at most 1. */
  weight: z.number().min(0).max(1),
  suggestedMaxExposurePct: z.number().nonnegative(),
  suggestedMaxTradeNavPct: z.number().nonnegative(),
  suggestedMaxConcurrentPositions: z.int().nonnegative(),
  /** What reaches orders while the flag is on: a share of the suggested size, never above 1. */
  sizeFactor: z.number().positive().max(1),
  rationale: z.array(z.string()),
});
export type SymbolAllocation = z.infer<typeof symbolAllocation>;

/** `state/risk_allocation`, written by learn alone. */
export const riskAllocation = z.strictObject({
  summary: z.string(),
  ...warmup,
  riskMode,
  riskModeReason: z.string(),
  navUsd: decimalText.nullable(),
  drawdownPct: z.number().nullable(),
  symbols: z.record(symbolText, symbolAllocation),
  computedAt: epochMs,
});
export type RiskAllocation = z.infer<typeof riskAllocation>;
export const RISK_ALLOCATION = collection('state', 1, riskAllocation);
export const RISK_ALLOCATION_ID = 'risk_allocation';
