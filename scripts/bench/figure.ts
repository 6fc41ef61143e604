/** One measured figure, and the line that shows it. */
import { z } from 'zod';

/**
 * What the figure has to reach, or may not go beyond. CPU time and counts must hold always; a time that passes while
 * the machine does other things can only be judged where it does none.
 */
const bound = z.strictObject({
  kind: z.enum(['floor', 'ceiling']),
  value: z.number().positive(),
  holds: z.enum(['always', 'onAQuietMachine']),
});

/** A figure beside other work of the same run, which says more than a number that depends on the machine. */
const comparison = z.strictObject({ ratio: z.number().positive(), to: z.string() });

/** What the committed reference holds of a figure, and which way is better. A count and memory are judged by their value. */
const judged = z.strictObject({ by: z.enum(['ratio', 'value']), better: z.enum(['more', 'less']) });

export const figure = z.strictObject({
  name: z.string(),
  value: z.number().nonnegative(),
  unit: z.string(),
  bound: bound.nullable(),
  comparison: comparison.nullable(),
  judged: judged.nullable(),
  /** What was measured, in a few words. */
  note: z.string(),
});
export type Figure = z.infer<typeof figure>;

/** At the figure's own grain: 88123, 41.3, 0.82. */
export function rounded(value: number): number {
  return Number(value.toFixed(value >= 1000 ? 0 : value >= 10 ? 1 : 2));
}

export function meetsBound({ value, bound: wanted }: Figure): boolean {
  if (wanted === null) return true;
  return wanted.kind === 'floor' ? value >= wanted.value : value <= wanted.value;
}

function missedText(shown: Figure): string {
  if (meetsBound(shown)) return '';
  return shown.bound?.holds === 'always' ? ', MISSED' : ', MISSED: run it on a quiet machine';
}

export function lineOf(shown: Figure): string {
  const { name, value, unit, bound: wanted, comparison: beside, note } = shown;
  const parts = [
    `${name.padEnd(38)} ${String(rounded(value)).padStart(8)} ${unit.padEnd(4)}`,
    wanted === null ? '' : `${wanted.kind} ${wanted.value} (${rounded(value / wanted.value)}x${missedText(shown)})`,
    beside === null ? '' : `${rounded(beside.ratio)} x ${beside.to}`,
    note,
  ];
  return parts.filter((part) => part !== '').join('  ');
}
