/** The variable of each flag: 1 or true switches it on. */
import type { FeatureFlags } from '../schema/feature-flags.ts';

export const FLAG_VARIABLES: Readonly<Record<keyof FeatureFlags, string>> = {
  intel: 'INTEL_ENABLED',
  riskEngineShadow: 'RISK_ENGINE_SHADOW_ENABLED',
  pipelineShadow: 'PIPELINE_SHADOW_ENABLED',
  routerAutotune: 'ROUTER_AUTOTUNE_ENABLED',
  feedbackAllocator: 'FEEDBACK_ALLOCATOR_ENABLED',
  routerAutotuneApply: 'ROUTER_AUTOTUNE_APPLY_ENABLED',
};
