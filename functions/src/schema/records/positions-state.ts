import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, symbolText } from '../scalars.ts';

const item = z.strictObject({
  symbol: symbolText,
  positionSide,
  qty: decimalText,
  ledgerQty: decimalText,
  entryPrice: decimalText,
  markPrice: decimalText,
  notionalUsd: decimalText,
  unrealizedUsd: decimalText,
  liquidationPrice: decimalText.nullable(),
});

/** A quantity or sum that ledger and venue tell differently: since when they differ, and since when by these amounts. */
const disagreement = z.strictObject({
  key: z.string(),
  /** Null for sums of the account. */
  symbol: symbolText.nullable(),
  ours: z.string(),
  venues: z.string(),
  foundAt: epochMs,
  sinceAt: epochMs,
});
export type StandingDisagreement = z.infer<typeof disagreement>;

/** `state/positions`, written by sync alone: the venue's positions beside our ledger's. */
export const positionsState = z.strictObject({
  summary: z.string(),
  health: z.enum(['ok', 'unavailable']),
  items: z.array(item),
  grossUsd: decimalText,
  netUsd: decimalText,
  /** False while a position is known to differ, and where sums of the account are found to; null while work in flight makes a comparison meaningless. */
  ledgerAgrees: z.boolean().nullable(),
  disagreements: z.array(disagreement),
  valueAt: epochMs,
  checkedAt: epochMs,
});
export type PositionsState = z.infer<typeof positionsState>;
export const POSITIONS_STATE = collection('state', 1, positionsState);
export const POSITIONS_STATE_ID = 'positions';
