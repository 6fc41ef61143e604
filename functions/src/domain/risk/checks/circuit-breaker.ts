import { atLimit } from './at-limit.ts';
import type { Check } from './check.ts';

export const circuitBreaker: Check = ({ activity, limits }) => atLimit('circuit_breaker', activity.errors, limits.errors);
