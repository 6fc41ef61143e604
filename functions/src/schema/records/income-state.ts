import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs } from '../scalars.ts';

/** `state/income`: how far the venue's income has been booked, and its sums by kind. */
export const incomeState = z.strictObject({
  /** Time of the newest row booked; rows of that very time are told apart by id. */
  cursorAt: epochMs,
  idsAtCursor: z.array(z.string()),
  realizedPnlUsd: decimalText,
  commissionUsd: decimalText,
  /** Signed as the venue has it: what was paid is negative. */
  commissionByAsset: z.record(z.string(), decimalText),
  fundingUsd: decimalText,
  transfersUsd: decimalText,
  otherUsd: decimalText,
});
export type IncomeState = z.infer<typeof incomeState>;
export const INCOME_STATE = collection('state', 1, incomeState);
export const INCOME_STATE_ID = 'income';
