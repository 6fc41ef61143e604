import { z } from 'zod';

const counted = z.int().nonnegative();

/** As it is billed: documents at the store, calls of the venue, processor time. */
export const runCost = z.strictObject({
  documentsRead: counted,
  documentsWritten: counted,
  documentsDeleted: counted,
  venueCalls: counted,
  cpuMs: z.number().nonnegative(),
});
export type RunCost = z.infer<typeof runCost>;
