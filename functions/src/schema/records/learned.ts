/** What everything that is learned carries: how many trades are behind it, and whether they are enough to act on. */
import { z } from 'zod';

export const warmup = {
  samples: z.int().nonnegative(),
  isWarmup: z.boolean(),
  /** Null once there are enough samples. */
  warmupReason: z.string().nullable(),
};

const warmupShape = z.strictObject(warmup);
export type Warmup = z.infer<typeof warmupShape>;
