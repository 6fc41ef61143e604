/** How often a measurement is run, and which of its runs counts. */
import type { Figure } from './figure.ts';
import { better, isWorse, judgedValue } from './reference.ts';
import type { Reference } from './reference.ts';

const TRIES = 3;

/** Repeated where it came out worse than its reference: only what stays worse is worse. */
export async function measured(run: () => Promise<readonly Figure[]>, held: Reference): Promise<readonly Figure[]> {
  let figures = await run();
  for (let tries = 1; tries < TRIES && figures.some((figure) => isWorse(figure, held)); tries += 1) {
    const again = new Map((await run()).map((figure) => [figure.name, figure]));
    figures = figures.map((figure) => {
      const repeated = again.get(figure.name);
      return repeated === undefined ? figure : better(figure, repeated);
    });
  }
  return figures;
}

/** The middle of three runs, figure by figure: a reference of one lucky run would call the same code worse the next day. */
export async function typical(run: () => Promise<readonly Figure[]>): Promise<readonly Figure[]> {
  const runs = [await run(), await run(), await run()];
  const byName = Map.groupBy(runs.flat(), ({ name }) => name);
  return [...byName.values()].map((figures) => middleOf(figures));
}

function middleOf(figures: readonly Figure[]): Figure {
  const middle = figures.toSorted((a, b) => placeOf(a) - placeOf(b))[Math.floor(figures.length / 2)];
  if (middle === undefined) throw new RangeError('the middle of no figures was asked for; nothing was measured');
  return middle;
}

const placeOf = (figure: Figure): number => judgedValue(figure) ?? figure.value;
