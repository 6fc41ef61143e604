/** What a person sees of a failed seed. */
import { kindOf } from './minimise.ts';
import type { Minimal } from './minimise.ts';
import type { Outcome } from './simulation.ts';
import { INVARIANTS } from './violation.ts';

const LONGEST_LINE = 220;
/** More than anybody pastes into a shell. */
const MOST_KEYS_TOLD = 60;

export function failureText({ seed, violation, struck }: Outcome, hours: number): string {
  if (violation === null) return `seed ${seed}: no violation\n`;
  const { invariant, detail } = violation;
  return [
    `seed ${seed} breaks invariant ${INVARIANTS[invariant]} (${invariant}): ${detail}`,
    `${struck.length} faults had struck`,
    `replay: npm run sim -- --seed ${seed} --hours ${hours}`,
    '',
  ].join('\n');
}

export function minimalText({ hours, only, outcome, runs }: Minimal): string {
  const isLong = only.length > MOST_KEYS_TOLD;
  return [
    `cut down in ${runs} runs to ${only.length} faults: ${isLong ? countsByKind(only) : only.join(' ') || 'none'}`,
    ...outcome.trace.map((line) => `  ${line.slice(0, LONGEST_LINE)}`),
    `replay: npm run sim -- --seed ${outcome.seed} --hours ${hours}${isLong ? '' : ` --only ${only.length === 0 ? 'none' : `'${only.join(',')}'`}`}`,
    '',
  ].join('\n');
}

function countsByKind(keys: readonly string[]): string {
  return [...Map.groupBy(keys, kindOf)].map(([kind, of]) => `${of.length} of ${kind}`).join(', ');
}
