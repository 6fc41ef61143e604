/** Seeds of one simulated hour, in groups, for the two workers of the suite to share. */
import { describe, expect, test } from 'vitest';
import { failureText } from './report.ts';
import { simulate } from './simulation.ts';

const HOURS = 1;
const GROUP = 10;
const TIMEOUT_MS = 180_000;

export function playsSoundly({ from, seeds }: { readonly from: number; readonly seeds: number }): void {
  describe('an hour of trading under faults keeps every invariant', () => {
    const starts = Array.from({ length: Math.ceil(seeds / GROUP) }, (_, group) => from + group * GROUP);
    test.each(starts)(
      'of the ten seeds from %i',
      async (start) => {
        const failures: string[] = [];
        for (let seed = start; seed < Math.min(start + GROUP, from + seeds); seed += 1) {
          const outcome = await simulate({ seed, hours: HOURS });
          if (outcome.violation !== null) failures.push(failureText(outcome, HOURS));
        }
        expect(failures.join('\n')).toBe('');
      },
      TIMEOUT_MS,
    );
  });
}
