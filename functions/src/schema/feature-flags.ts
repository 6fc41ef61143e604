/** The ancestor's six switches. Each is off until switched on, and none of them touches the risk gate: it has no switch. */
import { z } from 'zod';

export const featureFlags = z.strictObject({
  /** Expectancy and symbol scores are learned, and reach sizes and entry filters. */
  intel: z.boolean(),
  /** The gate judges every order a second time under the shadow config's limits. */
  riskEngineShadow: z.boolean(),
  /** Every decision is taken a second time under the shadow config, from signal to route. */
  pipelineShadow: z.boolean(),
  /** The router's record yields suggestions. */
  routerAutotune: z.boolean(),
  /** Results and drawdown yield a risk mode and shares per symbol, which shrink orders. */
  feedbackAllocator: z.boolean(),
  /** Suggestions change the router, within bounds and for allow-listed symbols. */
  routerAutotuneApply: z.boolean(),
});
export type FeatureFlags = Readonly<z.infer<typeof featureFlags>>;

export const ALL_FLAGS_OFF: FeatureFlags = {
  intel: false,
  riskEngineShadow: false,
  pipelineShadow: false,
  routerAutotune: false,
  feedbackAllocator: false,
  routerAutotuneApply: false,
};

/** What a record keeps of the flags: all six, so that an off flag is a statement and not an omission. */
export const flagSnapshot = (flags: FeatureFlags): FeatureFlags => featureFlags.parse(flags);

const FLAGS = featureFlags.keyof().options;

/** `intel, routerAutotune`, or `none`: for a line that people read. */
export function flagsText(flags: FeatureFlags): string {
  const on = FLAGS.filter((flag) => flags[flag]);
  return on.length === 0 ? 'none' : on.join(', ');
}
