import type { EngineDeps } from '../engine-deps.ts';

/** No venue: whatever is learned comes from records. */
export type LearnDeps = Pick<EngineDeps, 'store' | 'clock' | 'config' | 'flags' | 'log' | 'step' | 'costs'>;
