import type { RunCost } from '../schema/records/run-cost.ts';

/**
 * What the runs of one job have spent in this process. Whoever writes a record anyway takes what no record has told yet and
 * writes it there: a run that writes none leaves its cost to the next, and what a process spends after its last record is lost with it.
 */
export interface CostMeter {
  /** From now on it counts as told. */
  take(): RunCost;
  /** Its record was not written after all. */
  giveBack(cost: RunCost): void;
  /** The run is over; asking again changes nothing. */
  end(): void;
}
