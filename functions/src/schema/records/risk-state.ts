import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, purpose, side, symbolText } from '../scalars.ts';

/** Exposure that fills have made, moved in the same commit as the fill. */
const openExposure = z.strictObject({
  symbol: symbolText,
  positionSide,
  tier: z.string(),
  qty: decimalText,
  averageEntryPrice: decimalText,
  /** Whose entry opened it: that strategy also decides its exit. Null for a position we did not open. */
  strategy: z.string().nullable(),
  openedAt: epochMs,
  /** Last mark sync saw; the fill price until then. */
  markPrice: decimalText,
  markAt: epochMs,
});

/** Exposure approved but not yet filled: shrinks with every fill, gone when the intent is terminal. */
const reservation = z.strictObject({
  intentId: z.string(),
  symbol: symbolText,
  positionSide,
  tier: z.string(),
  /** Whose intent it is; null when no signal is behind it. */
  strategy: z.string().nullable(),
  side,
  purpose,
  /** Still unfilled, and the price it was approved at. Both are zero-free for as long as the entry exists. */
  qty: decimalText,
  price: decimalText,
  reservedAt: epochMs,
});

/**
 * `state/risk`: the document every approval commits against, so that caps hold under concurrency. Keys of
 * `exposures` are `{symbol}-{positionSide}`, of `reservations` the intent id.
 */
export const riskState = z.strictObject({
  exposures: z.record(z.string(), openExposure),
  reservations: z.record(z.string(), reservation),
  /** Windows of recent events, pruned to the longest window that config asks for. */
  attemptsAt: z.array(epochMs),
  errorsAt: z.array(epochMs),
  tradesAtBySymbol: z.record(z.string(), z.array(epochMs)),
  lastFillAtBySymbol: z.record(z.string(), epochMs),
  disabledUntilAtBySymbol: z.record(z.string(), epochMs),
  /** When the venue last refused an order over instrument rules: those read before are read again. */
  rulesDoubtedAt: epochMs.nullable(),
  /** Realised results less fees by symbol, since the day opened in the configured timezone; sync opens the day. */
  symbolDay: z.strictObject({ dayKey: z.string().nullable(), resultUsdBySymbol: z.record(z.string(), decimalText) }),
  /** Sums over every fill ever booked, to be compared with the venue's income. */
  totals: z.strictObject({
    fills: z.int().nonnegative(),
    makerFills: z.int().nonnegative(),
    /** FIFO, gross of fees. */
    realizedPnlUsd: decimalText,
    venueRealizedPnlUsd: decimalText,
    feesUsd: decimalText,
    /** In the assets they were paid in, so that they can be compared with the venue without a rate. */
    feesByAsset: z.record(z.string(), decimalText),
  }),
});
export type RiskState = z.infer<typeof riskState>;
export type OpenExposure = z.infer<typeof openExposure>;
export type Reservation = z.infer<typeof reservation>;
export const RISK_STATE = collection('state', 1, riskState);
export const RISK_STATE_ID = 'risk';

export const EMPTY_RISK_STATE: RiskState = {
  exposures: {},
  reservations: {},
  attemptsAt: [],
  errorsAt: [],
  tradesAtBySymbol: {},
  lastFillAtBySymbol: {},
  disabledUntilAtBySymbol: {},
  rulesDoubtedAt: null,
  symbolDay: { dayKey: null, resultUsdBySymbol: {} },
  totals: { fills: 0, makerFills: 0, realizedPnlUsd: '0', venueRealizedPnlUsd: '0', feesUsd: '0', feesByAsset: {} },
};
