import type { CostMeter } from '../ports/cost-meter.ts';
import type { RunCost } from '../schema/records/run-cost.ts';

export interface ToldCost {
  /** For the record that is written now. In a body that runs again it is the whole cost again, not what is left of it. */
  take(): RunCost;
  /** Nothing was written: another record will tell. */
  giveBack(): void;
}

/** The cost that one record tells, to be taken where it is written: in the body of a transaction, after all else that it does. */
export function toldCost(costs: CostMeter): ToldCost {
  let taken: RunCost | null = null;
  const giveBack = (): void => {
    if (taken !== null) costs.giveBack(taken);
    taken = null;
  };
  return {
    take: () => {
      giveBack();
      taken = costs.take();
      return taken;
    },
    giveBack,
  };
}
