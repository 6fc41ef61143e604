import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs } from '../scalars.ts';

/**
 * `state/nav`, written by sync alone: the one NAV that gate, state and display share.
 * While the venue cannot be read the last known values stay, `health` says so and `valueAt` stops moving.
 */
export const navState = z.strictObject({
  summary: z.string(),
  health: z.enum(['ok', 'unavailable', 'anomaly']),
  healthReason: z.string().nullable(),
  navUsd: decimalText,
  walletUsd: decimalText,
  unrealizedUsd: decimalText,
  availableMarginUsd: decimalText,
  highWaterMarkUsd: decimalText,
  drawdownPct: decimalText,
  maxDrawdownPct: decimalText,
  /** Day in the configured reset timezone, yyyy-mm-dd. */
  dayKey: z.string(),
  dayOpenNavUsd: decimalText,
  dayLossPct: decimalText,
  /** Deposits less withdrawals since the start, as far as they have moved the marks above. */
  netTransfersUsd: decimalText,
  /** When the venue's figures were taken. */
  valueAt: epochMs,
  /** When sync last looked, successful or not. */
  checkedAt: epochMs,
});
export type NavState = z.infer<typeof navState>;
export const NAV_STATE = collection('state', 1, navState);
export const NAV_STATE_ID = 'nav';
