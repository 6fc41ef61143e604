/**
 * Ends a run at a named step.
 *
 * before: the process is killed before the effect. after: it is killed when the effect is done. A killed process runs
 * nothing any more, no catch and no finally, so its step never returns; only the platform learns of it.
 * lost: the effect is done, and the run gets an error in place of its result, with which it has to live.
 */
import type { Step, StepName } from '../../../functions/src/app/step.ts';

export const CRASH_SHAPES = ['before', 'after', 'lost'] as const;
export type CrashShape = (typeof CRASH_SHAPES)[number];

export interface CrashPoint {
  readonly step: StepName;
  readonly shape: CrashShape;
  /** The how manieth time any run reaches the step, from 1. */
  readonly occurrence: number;
}

/** What the platform sees of a run whose process was killed. */
export class RunKilledError extends Error {
  override readonly name = 'RunKilledError';
}

/** What the run itself sees where the result of an effect was lost. */
export class ResultLostError extends Error {
  override readonly name = 'ResultLostError';
}

export class CrashPlan {
  readonly #point: CrashPoint | null;
  readonly #reached = new Map<StepName, number>();
  #fired = false;

  constructor(point: CrashPoint | null) {
    this.#point = point;
  }

  get fired(): boolean {
    return this.#fired;
  }

  /** How often any run has reached each step. */
  get reached(): ReadonlyMap<StepName, number> {
    return this.#reached;
  }

  /** The steps of one run; `kill` tells the platform. */
  stepOf(kill: (reason: RunKilledError) => void): Step {
    const killed = (name: StepName): Promise<never> => {
      kill(new RunKilledError(name));
      return new Promise<never>(() => undefined);
    };
    return async (name, effect) => {
      if (!this.#strikes(name)) return effect();
      if (this.#point?.shape === 'before') return killed(name);
      await effect();
      if (this.#point?.shape === 'after') return killed(name);
      throw new ResultLostError(name);
    };
  }

  #strikes(name: StepName): boolean {
    const occurrence = (this.#reached.get(name) ?? 0) + 1;
    this.#reached.set(name, occurrence);
    const strikes = this.#point?.step === name && this.#point.occurrence === occurrence;
    this.#fired ||= strikes;
    return strikes;
  }
}
