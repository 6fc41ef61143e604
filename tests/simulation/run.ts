/**
 * One run of a use case in a process that can die. Killed, at a step or at any other moment, it executes nothing any
 * more: no catch and no finally. What it has sent is on its way all the same.
 */
import type { Step, StepName } from '../../functions/src/app/step.ts';
import { ResultLostError, RunKilledError } from '../support/engine/crash-plan.ts';
import type { Chaos } from './chaos.ts';

export class Run {
  readonly id: string;
  readonly #ended = Promise.withResolvers<never>();
  #isKilled = false;

  constructor(id: string) {
    this.id = id;
    // Nobody may be waiting any more.
    this.#ended.promise.catch(() => undefined);
  }

  get isKilled(): boolean {
    return this.#isKilled;
  }

  /** Rejects when the process has died, which only the platform sees. */
  get death(): Promise<never> {
    return this.#ended.promise;
  }

  kill(why: string): void {
    this.#isKilled = true;
    this.#ended.reject(new RunKilledError(why));
  }

  /** Hands on what came back from outside, unless nobody is there any more. */
  async received<T>(answer: Promise<T>): Promise<T> {
    try {
      const value = await answer;
      return this.#isKilled ? await never<T>() : value;
    } catch (error) {
      if (this.#isKilled) return never<T>();
      throw error;
    }
  }

  /** The steps of this run, which dies or loses a result where chaos wants it. */
  stepsWith(chaos: Chaos): Step {
    return async <T>(name: StepName, effect: () => Promise<T>): Promise<T> => {
      const crash = chaos.strike('crash', name);
      if (crash === null) return effect();
      const shape = crash.unit();
      if (shape < 1 / 3) return this.#dieAt(name);
      const result = effect();
      if (shape < 2 / 3) {
        await result;
        return this.#dieAt(name);
      }
      await result;
      throw new ResultLostError(name);
    };
  }

  #dieAt<T>(name: StepName): Promise<T> {
    this.kill(name);
    return never<T>();
  }
}

function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
