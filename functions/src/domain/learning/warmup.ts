/** One rule for all that is learned: below the configured number of samples it changes nothing, and says so. */
import type { Warmup } from '../../schema/records/learned.ts';

export function warmupOf(samples: number, minSamples: number): Warmup {
  const isWarmup = samples < minSamples;
  return { samples, isWarmup, warmupReason: isWarmup ? `${samples} of the ${minSamples} samples of intel.json:minSamples` : null };
}
