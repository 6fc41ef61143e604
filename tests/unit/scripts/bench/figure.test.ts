import { describe, expect, it } from 'vitest';
import { lineOf, meetsBound, rounded } from '../../../../scripts/bench/figure.ts';
import type { Figure } from '../../../../scripts/bench/figure.ts';

function aFigure(changes: Partial<Figure> = {}): Figure {
  return { name: 'a_figure', value: 80, unit: 'ms', bound: null, comparison: null, judged: null, note: '', ...changes };
}

const floor = (value: number) => ({ kind: 'floor', value, holds: 'always' }) as const;
const ceiling = (value: number) => ({ kind: 'ceiling', value, holds: 'always' }) as const;

describe('a figure', () => {
  it.each([
    { bound: floor(80), meets: true },
    { bound: floor(81), meets: false },
    { bound: ceiling(80), meets: true },
    { bound: ceiling(79), meets: false },
    { bound: null, meets: true },
  ])('of 80 meets $bound: $meets', ({ bound, meets }) => {
    expect(meetsBound(aFigure({ bound }))).toBe(meets);
  });

  it('shows its bound and how far it is from it', () => {
    expect(lineOf(aFigure({ bound: ceiling(160) }))).toContain('ceiling 160 (0.5x)');
  });

  it('says so when it misses its bound', () => {
    expect(lineOf(aFigure({ bound: floor(100) }))).toContain('floor 100 (0.8x, MISSED)');
  });

  it('asks for a quiet machine when it misses a bound that other work can break', () => {
    expect(lineOf(aFigure({ bound: { ...ceiling(40), holds: 'onAQuietMachine' } }))).toContain('MISSED: run it on a quiet machine');
  });

  it('shows the work it is compared with', () => {
    expect(lineOf(aFigure({ comparison: { ratio: 2.5, to: 'a calibration loop' } }))).toContain('2.5 x a calibration loop');
  });

  it('is rounded to what can be told apart at its size', () => {
    expect([88_123.4, 41.345, 0.8249].map(rounded)).toEqual([88_123, 41.3, 0.82]);
  });
});
