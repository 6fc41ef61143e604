import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs } from '../scalars.ts';

const bookedRow = z.strictObject({ id: z.string(), at: epochMs });

/** `state/income`: which of the venue's income rows have been booked, and their sums by kind. */
export const incomeState = z.strictObject({
  /** When booking began: nothing from before it is in any sum of ours. */
  startedAt: epochMs,
  /** Time of the newest row booked. */
  cursorAt: epochMs,
  /** Every row from here on that is booked is in `recentRows`; what the venue publishes late is still booked, once. */
  knownSinceAt: epochMs,
  recentRows: z.array(bookedRow),
  realizedPnlUsd: decimalText,
  commissionUsd: decimalText,
  /** Signed as the venue has it: what was paid is negative. */
  commissionByAsset: z.record(z.string(), decimalText),
  fundingUsd: decimalText,
  /** The part of the funding that no position or trade of ours could be found for. */
  unassignedFundingUsd: decimalText,
  transfersUsd: decimalText,
  otherUsd: decimalText,
  /** All kinds together, in the assets themselves: by this much the wallet has to have changed. */
  amountByAsset: z.record(z.string(), decimalText),
});
export type IncomeState = z.infer<typeof incomeState>;
export const INCOME_STATE = collection('state', 1, incomeState);
export const INCOME_STATE_ID = 'income';
