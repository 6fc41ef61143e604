/** Cuts a failing run down: fewer hours, fewer kinds of faults, then as few faults as still break the same invariant (delta debugging). */
import type { FaultRates } from './chaos.ts';
import { simulate } from './simulation.ts';
import type { Outcome } from './simulation.ts';
import type { Mutate } from './world.ts';

export interface Failing {
  readonly seed: number;
  readonly hours: number;
  readonly outcome: Outcome;
  readonly rates?: FaultRates;
}

export interface Minimal {
  readonly hours: number;
  readonly only: readonly string[];
  readonly outcome: Outcome;
  readonly runs: number;
}

/** `most` bounds how many runs it may cost. */
export async function minimise(failing: Failing, most = 120, mutate?: Mutate): Promise<Minimal> {
  const { seed, rates = {} } = failing;
  const invariant = failing.outcome.violation?.invariant;
  let { hours, outcome } = failing;
  let only = keysOf(outcome);
  let runs = 0;

  const fails = async (tried: readonly string[], triedHours: number): Promise<boolean> => {
    if (runs >= most) return false;
    runs += 1;
    const again = await simulate({ seed, hours: triedHours, rates, only: new Set(tried), ...(mutate === undefined ? {} : { mutate }) });
    if (again.violation?.invariant !== invariant) return false;
    outcome = again;
    // What did not strike this time was not needed.
    only = keysOf(again);
    hours = triedHours;
    return true;
  };

  const halved = async (): Promise<boolean> => hours > 0.05 && fails(only, hours / 2);
  while (await halved());
  // Whole kinds first: most of what strikes has nothing to do with it.
  for (const kind of new Set(only.map(kindOf))) await fails(only.filter((key) => kindOf(key) !== kind), hours);
  for (let parts = 2; only.length > 0; ) {
    const size = Math.ceil(only.length / parts);
    let cut = false;
    for (let from = 0; from < only.length && !cut; from += size) cut = await fails([...only.slice(0, from), ...only.slice(from + size)], hours);
    if (cut) parts = Math.max(2, parts - 1);
    else if (size === 1 || runs >= most) break;
    else parts = Math.min(only.length, parts * 2);
  }
  return { hours, only, outcome, runs };
}

/** Of `venue.replyLost:marks#7` what and where, without the occasion. */
export function kindOf(key: string): string {
  return key.replace(/#\d+$/, '');
}

function keysOf({ struck }: Outcome): readonly string[] {
  return struck.map(({ key }) => key);
}
