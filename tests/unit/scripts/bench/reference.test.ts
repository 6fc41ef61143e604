import { describe, expect, it } from 'vitest';
import type { Figure } from '../../../../scripts/bench/figure.ts';
import { measured, typical } from '../../../../scripts/bench/measure.ts';
import { isWorse, judgedValue, referenceOf, scoreOf, withoutReference } from '../../../../scripts/bench/reference.ts';

function aFigure(changes: Partial<Figure> = {}): Figure {
  return { name: 'speed', value: 1000, unit: '/s', bound: null, comparison: { ratio: 2, to: 'a loop' }, judged: { by: 'ratio', better: 'more' }, note: '', ...changes };
}

const less = { by: 'ratio', better: 'less' } as const;
const memory = aFigure({ name: 'memory', value: 50, comparison: null, judged: { by: 'value', better: 'less' } });

describe('the reference of a bench', () => {
  it.each([
    { figure: aFigure({ comparison: { ratio: 1.8, to: '' } }), held: 2, worse: false },
    { figure: aFigure({ comparison: { ratio: 1.79, to: '' } }), held: 2, worse: true },
    { figure: aFigure({ comparison: { ratio: 9, to: '' } }), held: 2, worse: false },
    { figure: aFigure({ judged: less, comparison: { ratio: 2.2, to: '' } }), held: 2, worse: false },
    { figure: aFigure({ judged: less, comparison: { ratio: 2.23, to: '' } }), held: 2, worse: true },
    { figure: aFigure({ judged: less, comparison: { ratio: 1, to: '' } }), held: 2, worse: false },
  ])('calls a ratio of $figure.comparison.ratio where $figure.judged.better is better and $held was accepted worse: $worse', ({ figure, held, worse }) => {
    expect(isWorse(figure, { speed: held })).toBe(worse);
  });

  it('judges memory by its value, whatever the machine', () => {
    expect([isWorse(memory, { memory: 45 }), isWorse(memory, { memory: 44 })]).toEqual([false, true]);
  });

  it('does not depend on the speed of the machine, only on the ratio', () => {
    expect(scoreOf(aFigure({ value: 1 }), { speed: 2 })).toBe(scoreOf(aFigure({ value: 1e9 }), { speed: 2 }));
  });

  it('names a judged figure that nothing is held against', () => {
    expect(withoutReference([aFigure(), memory, aFigure({ name: 'shown only', judged: null })], { speed: 2 })).toEqual(['memory']);
  });

  it('is made of what is judged alone, in the order of names', () => {
    expect(referenceOf([aFigure(), memory, aFigure({ name: 'shown only', judged: null })])).toEqual({ memory: 50, speed: 2 });
  });
});

/** A measurement that comes out with these ratios, one a run. */
const counted = (ratios: readonly number[]) => {
  let runs = 0;
  const run = (): Promise<readonly Figure[]> => {
    const ratio = ratios[runs] ?? 0;
    runs += 1;
    return Promise.resolve([aFigure({ comparison: { ratio, to: '' } })]);
  };
  return { run, runs: () => runs };
};

describe('a measurement', () => {
  it('is made once where it is as good as its reference', async () => {
    const { run, runs } = counted([2]);
    await measured(run, { speed: 2 });
    expect(runs()).toBe(1);
  });

  it('is repeated where it is worse, and the best of its runs counts', async () => {
    const { run, runs } = counted([1, 1.95, 0]);
    const [figure] = await measured(run, { speed: 2 });
    expect([runs(), figure?.comparison?.ratio]).toEqual([2, 1.95]);
  });

  it('stays worse when three runs say so', async () => {
    const { run, runs } = counted([1, 1.2, 1.1]);
    const figures = await measured(run, { speed: 2 });
    expect([runs(), figures.some((figure) => isWorse(figure, { speed: 2 }))]).toEqual([3, true]);
  });

  it('that is to be the reference is made three times, and the middle one counts', async () => {
    const { run, runs } = counted([3, 1, 2]);
    const [figure] = await typical(run);
    expect([runs(), figure?.comparison?.ratio]).toEqual([3, 2]);
  });

  it('of several figures takes the middle of each', async () => {
    const runs = [[3, 10], [1, 30], [2, 20]].map(([speed = 0, mb = 0]) => [aFigure({ comparison: { ratio: speed, to: '' } }), { ...memory, value: mb }]);
    const figures = await typical(() => Promise.resolve(runs.shift() ?? []));
    expect(figures.map((figure) => judgedValue(figure))).toEqual([2, 20]);
  });
});
