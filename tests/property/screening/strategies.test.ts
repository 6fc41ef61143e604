/** Whatever the market did and whatever config says within its ranges. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rsiCutler } from '../../../functions/src/domain/screening/indicators/rsi-cutler.ts';
import { rsiWilder } from '../../../functions/src/domain/screening/indicators/rsi-wilder.ts';
import type { StrategyWish } from '../../../functions/src/domain/screening/strategy.ts';
import { candlesNeeded, wishOf } from '../../../functions/src/domain/screening/wish-of.ts';
import type { StrategyConfig } from '../../../functions/src/schema/config/strategies-config.ts';
import type { PositionSide } from '../../../functions/src/schema/scalars.ts';
import { anExposure } from '../../unit/domain/risk/scenario.ts';
import { configured } from '../../unit/domain/screening-strategies/configured.ts';
import { candlesOf, NOW, walk } from '../../unit/domain/screening-strategies/series.ts';

/** Cents, so that ties, flat stretches and exact levels are common. */
const closes = fc.array(fc.integer({ min: 9_900, max: 10_100 }).map((cents) => cents / 100), { minLength: 0, maxLength: 60 });

const rsiBand = fc
  .record({ period: fc.integer({ min: 2, max: 5 }), variant: fc.constantFrom('wilder', 'cutler'), width: fc.integer({ min: 1, max: 40 }) })
  .map(({ width, ...params }) => configured('rsi_band', { params: { ...params, oversold: 50 - width, overbought: 50 + width, exitLevel: 50 } }));
const zscore = fc
  .record({ lookback: fc.integer({ min: 3, max: 20 }), entryZ: fc.constantFrom(0.5, 1, 2) })
  .map((params) => configured('zscore', { params: { ...params, exitZ: 0.3 } }));
const momentum = fc
  .record({ fastPeriod: fc.integer({ min: 2, max: 3 }), slowPeriod: fc.integer({ min: 4, max: 6 }), entryGapAtr: fc.constantFrom(0, 0.05, 0.2) })
  .map((params) => configured('momentum', { params: { ...params, exitGapAtr: 0 } }));
const alwaysOn = fc.constantFrom<PositionSide>('long', 'short').map((side) => configured('always_on', { params: { side } }));
const symmetric = fc.oneof(rsiBand, zscore, momentum);
const anyStrategy = fc.oneof(symmetric, alwaysOn);
const seed = fc.integer({ min: 0, max: 1_000_000 });
const held = fc.constantFrom<PositionSide | null>(null, 'long', 'short');

function wish(strategy: StrategyConfig, series: readonly number[], side: PositionSide | null): StrategyWish {
  return wishOf(strategy, candlesOf(series), side === null ? null : anExposure({ positionSide: side, strategy: strategy.name, openedAt: NOW }));
}

const sideOf = (answer: StrategyWish): PositionSide | 'none' => (answer.kind === 'none' ? 'none' : answer.positionSide);

describe('every strategy', () => {
  it('says the same however many older candles come along', () => {
    fc.assert(
      fc.property(anyStrategy, seed, seed, fc.integer({ min: 1, max: 40 }), held, (strategy, past, present, count, side) => {
        const recent = walk(present, candlesNeeded(strategy));
        expect(wish(strategy, [...walk(past, count), ...recent], side)).toEqual(wish(strategy, recent, side));
      }),
    );
  });

  it('only enters when it holds nothing and only exits what it holds', () => {
    fc.assert(
      fc.property(anyStrategy, closes, held, (strategy, series, side) => {
        const { kind, ...rest } = wish(strategy, series, side);
        expect(kind).not.toBe(side === null ? 'exit' : 'enter');
        expect('positionSide' in rest && side !== null ? rest.positionSide : side).toBe(side);
      }),
    );
  });

  it('names a finite value at or beyond its threshold on the side of its entry', () => {
    fc.assert(
      fc.property(symmetric, closes, (strategy, series) => {
        const answer = wish(strategy, series, null);
        fc.pre(answer.kind === 'enter');
        const entersAbove = (strategy.kind === 'momentum') === (answer.positionSide === 'long');
        expect(entersAbove ? answer.value - answer.threshold : answer.threshold - answer.value).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(answer.value * answer.strength)).toBe(true);
      }),
    );
  });

  it('never enters on a price that is not a number', () => {
    fc.assert(
      fc.property(symmetric, closes, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY), (strategy, series, bad) => {
        expect(wish(strategy, [...series, bad], null).kind).not.toBe('enter');
      }),
    );
  });

  it('but always_on takes the other side of a market turned upside down', () => {
    fc.assert(
      fc.property(symmetric, closes, (strategy, series) => {
        const upright = wish(strategy, series, null);
        // Within rounding of a threshold the two may fall on different sides of it.
        fc.pre(upright.kind === 'none' || Math.abs(upright.value - upright.threshold) > 1e-9);
        const mirrored = wish(strategy, series.map((close) => 200 - close), null);
        fc.pre(mirrored.kind === 'none' || Math.abs(mirrored.value - mirrored.threshold) > 1e-9);
        expect(sideOf(mirrored)).toBe({ long: 'short', short: 'long', none: 'none' }[sideOf(upright)]);
      }),
    );
  });
});

describe('both RSIs', () => {
  it.each([
    ['Wilder', rsiWilder],
    ['Cutler', rsiCutler],
  ])('%s: stay between 0 and 100 and do not depend on the unit of price', (_name, rsi) => {
    fc.assert(
      fc.property(closes, fc.integer({ min: 2, max: 20 }), (series, period) => {
        const value = rsi(series, period);
        expect(value === null).toBe(series.length <= period);
        expect(value ?? 50).toBeGreaterThanOrEqual(0);
        expect(value ?? 50).toBeLessThanOrEqual(100);
        expect(rsi(series.map((close) => close * 1024), period)).toBe(value);
      }),
    );
  });
});
