import { atLimit } from './at-limit.ts';
import type { Check } from './check.ts';

export const burstLimit: Check = ({ activity, limits }) => atLimit('burst_limit', activity.attempts, limits.burst);
