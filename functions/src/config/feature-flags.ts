/** What is off until switched on. None of them touches the risk gate: it has no switch. */
export interface FeatureFlags {
  /** Expectancy and symbol scores are computed and stored. */
  readonly intel: boolean;
  /** Risk and execution health per symbol is published. */
  readonly executionHealth: boolean;
  /** Every decision is taken a second time under the shadow config. */
  readonly shadow: boolean;
  /** The router's record yields suggestions. */
  readonly routerAutotune: boolean;
  /** Suggestions change the router, within bounds and for allow-listed symbols. */
  readonly routerAutotuneApply: boolean;
  /** Results shift budgets between strategies and symbols. */
  readonly feedbackAllocator: boolean;
}

export const FLAG_VARIABLES: Readonly<Record<keyof FeatureFlags, string>> = {
  intel: 'INTEL_ENABLED',
  executionHealth: 'EXECUTION_HEALTH_ENABLED',
  shadow: 'SHADOW_ENABLED',
  routerAutotune: 'ROUTER_AUTOTUNE_ENABLED',
  routerAutotuneApply: 'ROUTER_AUTOTUNE_APPLY_ENABLED',
  feedbackAllocator: 'FEEDBACK_ALLOCATOR_ENABLED',
};
