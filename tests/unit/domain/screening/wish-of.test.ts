import { describe, expect, it } from 'vitest';
import type { StrategyWish } from '../../../../functions/src/domain/screening/strategy.ts';
import { candlesNeeded, wishOf } from '../../../../functions/src/domain/screening/wish-of.ts';
import type { OpenExposure } from '../../../../functions/src/schema/records/risk-state.ts';
import { aStrategy, candlesOf } from '../../../support/builders/a-strategy.ts';
import type { ZscoreConfig } from '../../../support/builders/a-strategy.ts';
import { anExposure, NOW } from '../risk/scenario.ts';

const MINUTE = 60_000;
const NEVER = { maxHoldMinutes: null, stopLossPct: null, takeProfitPct: null, trailing: null };

/** Still stretched by itself, so that the strategy's own exit does not speak. */
const stretchedDown = (last: number) => [last + 4, last + 4, last + 4, last];
const stretchedUp = (last: number) => [last - 4, last - 4, last - 4, last];

interface Held {
  readonly closes: readonly number[];
  readonly exposure?: Partial<OpenExposure>;
  readonly exit?: Partial<ZscoreConfig['exit']>;
}

function held({ closes, exposure = {}, exit = {} }: Held): StrategyWish {
  return wishOf(aStrategy({ exit: { ...NEVER, ...exit } }), candlesOf(closes, NOW), anExposure({ openedAt: NOW - 10 * MINUTE, ...exposure }));
}

describe('wishOf a position', () => {
  it.each<[string, Held, Partial<StrategyWish>]>([
    ['is left to sync when its time is up', { closes: stretchedDown(100), exit: { maxHoldMinutes: 10 } }, { kind: 'none' }],
    ['is closed at its stop, long', { closes: stretchedDown(98), exit: { stopLossPct: 2 } }, { kind: 'exit', indicator: 'movedPct', value: -2, threshold: -2 }],
    ['is kept just above its stop, long', { closes: stretchedDown(98.01), exit: { stopLossPct: 2 } }, { kind: 'none' }],
    ['is closed at its stop, short', { closes: stretchedUp(102), exposure: { positionSide: 'short' }, exit: { stopLossPct: 2 } }, { kind: 'exit', positionSide: 'short', value: -2 }],
    ['is closed at its target, long', { closes: stretchedDown(103), exit: { takeProfitPct: 3 } }, { kind: 'exit', indicator: 'movedPct', value: 3, threshold: 3 }],
    ['is closed at its target, short', { closes: stretchedUp(97), exposure: { positionSide: 'short' }, exit: { takeProfitPct: 3 } }, { kind: 'exit', positionSide: 'short', value: 3 }],
    ['is kept below its target', { closes: stretchedDown(102.9), exit: { takeProfitPct: 3 } }, { kind: 'none' }],
    ['is judged by its own entry price', { closes: stretchedDown(98), exposure: { averageEntryPrice: '99' }, exit: { stopLossPct: 2 } }, { kind: 'none' }],
    ['is closed by its own signal where no limit is met', { closes: [96, 104, 100, 100], exit: { stopLossPct: 2, maxHoldMinutes: 60 } }, { kind: 'exit', indicator: 'z' }],
    ['has no limits but those it was given', { closes: stretchedDown(1) }, { kind: 'none' }],
  ])('%s', (_title, of, wish) => {
    expect(held(of)).toMatchObject(wish);
  });

  it('is closed at its limits though there are too few candles for a signal', () => {
    expect(held({ closes: [90], exit: { stopLossPct: 2 } })).toMatchObject({ kind: 'exit', indicator: 'movedPct' });
    expect(held({ closes: [], exit: { stopLossPct: 2 } })).toEqual({ kind: 'none', reason: 'too few closed candles' });
  });
});

function flat(closes: readonly number[], changes: Partial<ZscoreConfig> = {}): StrategyWish {
  return wishOf(aStrategy(changes), candlesOf(closes, NOW), null);
}

describe('wishOf without a position', () => {
  it.each([
    ['long', stretchedDown(96), { allowLong: false }],
    ['short', stretchedUp(104), { allowShort: false }],
  ] as const)('enters %s only where the strategy may', (side, closes, forbidden) => {
    expect(flat(closes)).toMatchObject({ kind: 'enter', positionSide: side });
    expect(flat(closes, forbidden)).toEqual({ kind: 'none', reason: `the strategy may not enter ${side}` });
  });

  it('may leave a side that it may no longer enter', () => {
    const wish = wishOf(aStrategy({ allowLong: false }), candlesOf([96, 104, 100, 100], NOW), anExposure());
    expect(wish).toMatchObject({ kind: 'exit', positionSide: 'long' });
  });

  it('sees no more candles than its warm-up, however many were read', () => {
    expect(flat([5000, 1, ...stretchedDown(96)])).toEqual(flat(stretchedDown(96)));
  });
});

describe('candlesNeeded', () => {
  it.each([
    ['its signal', { params: { lookback: 20, entryZ: 2, exitZ: 0 } }, 20],
    ['its size', { sizing: { volTargetBps: 25, atrPeriod: 14, minNotionalUsd: 10, maxNotionalUsd: 1000 } }, 15],
  ])('is enough for %s', (_title, changes, count) => {
    expect(candlesNeeded(aStrategy(changes))).toBe(count);
  });
});
