import type { RunCost } from '../schema/records/run-cost.ts';

/**
 * What this process has spent since the last tick that reported it: a tick is written before its run ends, so what came after
 * it is in the next one. Asking changes nothing; a tick that was asked and not written takes its report with it.
 */
export interface CostMeter {
  sinceLastTick(): RunCost;
}
