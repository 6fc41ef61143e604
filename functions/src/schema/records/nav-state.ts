import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs } from '../scalars.ts';

/** What the wallet held beyond all booked income, by asset, and what it differs by now. */
const walletCheck = z.strictObject({
  baseByAsset: z.record(z.string(), decimalText),
  /** Amounts that no income row explains yet, in words; null when every unit is explained. */
  difference: z.string().nullable(),
  sinceAt: epochMs.nullable(),
});
export type WalletCheck = z.infer<typeof walletCheck>;

/**
 * `state/nav`, written by sync alone: the one NAV that gate, state and display share.
 * While the venue cannot be read the last known values stay, `health` says so and `valueAt` stops moving.
 */
export const navState = z.strictObject({
  summary: z.string(),
  health: z.enum(['ok', 'unavailable', 'anomaly']),
  healthReason: z.string().nullable(),
  navUsd: decimalText,
  /** What of it came without a row of income so far; negative what went. Drawdown and day loss leave out what came. */
  unexplainedUsd: decimalText.default('0'),
  walletUsd: decimalText,
  unrealizedUsd: decimalText,
  availableMarginUsd: decimalText,
  highWaterMarkUsd: decimalText,
  /** Marks before this are forgotten: the latest cutoff that has taken effect, or the first reading. */
  markedSinceAt: epochMs,
  drawdownPct: decimalText,
  maxDrawdownPct: decimalText,
  /** Day in the configured reset timezone, yyyy-mm-dd. */
  dayKey: z.string(),
  dayOpenNavUsd: decimalText,
  dayLossPct: decimalText,
  /** Deposits less withdrawals since the start, as far as they have moved the marks above. */
  netTransfersUsd: decimalText,
  /** How much of the transfers in `state/income` is among them. */
  bookedTransfersUsd: decimalText,
  /** Null before the first reading that knew its transfers. */
  wallet: walletCheck.nullable(),
  /** When the venue's figures were taken: the time of the oldest price in them. */
  valueAt: epochMs,
  /** When sync last looked, successful or not. */
  checkedAt: epochMs,
});
export type NavState = z.infer<typeof navState>;
export const NAV_STATE = collection('state', 1, navState);
export const NAV_STATE_ID = 'nav';
