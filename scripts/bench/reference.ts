/**
 * What every judged figure came to when it was last accepted. A figure is judged by its ratio to work of the same run,
 * or by its value where it is a count or an amount of memory, so that one file serves machines of any speed.
 */
import { z } from 'zod';
import type { Figure } from './figure.ts';

/** By name: the ratio or the value that was accepted. */
export const reference = z.record(z.string(), z.number().positive());
export type Reference = z.infer<typeof reference>;

/** Below this share of the reference the figure has become worse. */
export const LEAST_SCORE = 0.9;

/** What a reference holds of a figure; null for one that is not judged. Throws where it is to be judged by a ratio it has not. */
export function judgedValue({ name, value, judged, comparison }: Figure): number | null {
  if (judged === null) return null;
  if (judged.by === 'value') return value;
  if (comparison === null) throw new Error(`${name} is judged by a ratio and has none`);
  return comparison.ratio;
}

/** 1 is as good as the reference, 0.5 half as good; null where nothing is held against it. */
export function scoreOf(figure: Figure, held: Reference): number | null {
  const now = judgedValue(figure);
  const then = held[figure.name];
  if (now === null || figure.judged === null || then === undefined) return null;
  // A count that has fallen to nothing cannot be worse than before.
  if (now === 0) return figure.judged.better === 'less' ? 1 : 0;
  return figure.judged.better === 'more' ? now / then : then / now;
}

export function isWorse(figure: Figure, held: Reference): boolean {
  const score = scoreOf(figure, held);
  return score !== null && score < LEAST_SCORE;
}

/** Of several measurements of one figure the best: what else the machine does only ever makes them worse. */
export function better(a: Figure, b: Figure): Figure {
  const [x, y] = [judgedValue(a), judgedValue(b)];
  if (x === null || y === null || a.judged === null) return b;
  return (a.judged.better === 'more' ? x >= y : x <= y) ? a : b;
}

/** Figures that should be held against something and are not: a new one needs its reference accepted. */
export function withoutReference(figures: readonly Figure[], held: Reference): readonly string[] {
  return figures.filter((figure) => figure.judged !== null && held[figure.name] === undefined).map(({ name }) => name);
}

/** What `--accept` writes: every judged figure above zero, in the order of their names. */
export function referenceOf(figures: readonly Figure[]): Reference {
  const entries = figures.flatMap((figure): [string, number][] => {
    const value = judgedValue(figure);
    return value === null || value === 0 ? [] : [[figure.name, Number(value.toPrecision(4))]];
  });
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
