import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

/**
 * `paper_account/state`: the whole account of the paper venue, so that instances that share the store share the account.
 * It plays the venue's part: the engine reads it through the Venue port only.
 */
export const paperAccount = z.strictObject({
  /** For people: wallet, positions and orders in one line. */
  summary: z.string(),
  /** JSON of the account, gzipped, in base64. History is pruned so that it stays far below a document's 1 MiB. */
  books: z.base64(),
  openedAt: epochMs,
  /** Until when the market has been applied to it. */
  marketAt: epochMs,
});
export type PaperAccountRecord = z.infer<typeof paperAccount>;
export const PAPER_ACCOUNT = collection('paper_account', 1, paperAccount);
export const PAPER_ACCOUNT_ID = 'state';
