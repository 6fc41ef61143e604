import type { Fault, FaultPhase, FaultPlan, VenueCall } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';

export interface VenueTrouble {
  readonly call: VenueCall;
  readonly phase: FaultPhase;
  readonly fault: Fault;
  /** Which of these calls it strikes, counted from 1; all of them when left out. */
  readonly occurrence?: number;
}

/** A plan with one trouble, which counts the calls it has seen. */
export function oneTrouble({ call, phase, fault, occurrence }: VenueTrouble): FaultPlan {
  let calls = 0;
  return (asked, at) => {
    if (asked !== call || at !== phase) return 'none';
    calls += 1;
    return occurrence === undefined || occurrence === calls ? fault : 'none';
  };
}
