/** `intel.json`: when the engine may learn from its own trades. */
import { z } from 'zod';
import { count } from './quantities.ts';

export const intelConfig = z.strictObject({
  minSamples: count(1, 1_000_000, 'Without effect until there is learning: trades below which a statistic is a warm-up and changes nothing').default(200),
});
export type IntelConfig = z.infer<typeof intelConfig>;
