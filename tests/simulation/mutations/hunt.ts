import { drawScenario } from '../scenario.ts';
import { simulate } from '../simulation.ts';
import type { Violation } from '../violation.ts';
import type { Mutation } from './mutation.ts';

/** Within how many seeds of one simulated hour every mutation is caught. */
export const SEEDS_TO_CATCH = 25;
const HOURS = 1;

export interface Caught {
  readonly seed: number;
  readonly violation: Violation;
}

/** Plays seeds with the mutation in the engine until one shows it; null when none does. */
export async function hunt({ breaks, mutate, concerns, rates = {} }: Mutation): Promise<Caught | null> {
  for (let seed = 0; seed < SEEDS_TO_CATCH; seed += 1) {
    if (concerns?.(drawScenario(seed, HOURS)) === false) continue;
    const outcome = await simulate({ seed, hours: HOURS, rates, mutate });
    if (outcome.violation !== null) return { seed, violation: outcome.violation };
    if (breaks !== 'sameHash') continue;
    const again = await simulate({ seed, hours: HOURS, rates, mutate });
    if (again.hash !== outcome.hash) return { seed, violation: { invariant: 'sameHash', detail: `${outcome.hash}, then ${again.hash}`, at: 0 } };
  }
  return null;
}
