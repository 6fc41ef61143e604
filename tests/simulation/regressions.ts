/** Bugs that the simulation has found in the engine: what each was, and the run that showed it. */
export interface Regression {
  readonly was: string;
  readonly seed: number;
  readonly hours: number;
  readonly only: readonly string[];
}

export const REGRESSIONS: readonly Regression[] = [];
