import { describe, expect, it } from 'vitest';
import { readExposure } from '../../../../functions/src/domain/risk/exposure.ts';
import type { Exposure } from '../../../../functions/src/domain/risk/exposure.ts';
import { text } from '../../../../functions/src/domain/money/decimal.ts';
import type { OpenExposure, Reservation } from '../../../../functions/src/schema/records/risk-state.ts';
import { aRiskState, DEFAULT_LIMITS, holding } from './scenario.ts';

const VIEWER = { intentId: 'mine', symbol: 'BTCUSDT', positionSide: 'long' } as const;

function exposureOf(exposures: readonly Partial<OpenExposure>[], reservations: readonly Partial<Reservation>[] = []): Exposure {
  return readExposure(aRiskState(holding(exposures, reservations)), VIEWER, DEFAULT_LIMITS);
}

describe('readExposure', () => {
  it('is zero for an empty account, whose only symbol is the one being looked at', () => {
    const exposure = exposureOf([]);
    expect([exposure.grossUsd, exposure.symbolUsd, exposure.tierUsd, exposure.oppositeQty, exposure.closableQty, exposure.reservedMarginUsd].map(text)).toEqual(
      ['0', '0', '0', '0', '0', '0'],
    );
    expect(exposure).toMatchObject({ pairs: 0, symbols: 1, ownPairCounted: false, faultPath: null });
  });

  it('adds exact decimals that floating point would get wrong', () => {
    const exposure = exposureOf([{ qty: '0.1', markPrice: '1' }, { symbol: 'ETHUSDT', qty: '0.2', markPrice: '1' }]);
    expect(text(exposure.grossUsd)).toBe('0.3');
  });

  it('tells gross, symbol and tier apart', () => {
    const exposure = exposureOf(
      [{ qty: '1' }, { symbol: 'SOLUSDT', tier: 'SATELLITE', qty: '2' }],
      [{ symbol: 'ETHUSDT', qty: '4' }, { intentId: 'second', positionSide: 'short', side: 'sell', qty: '8' }],
    );
    expect([exposure.grossUsd, exposure.symbolUsd, exposure.tierUsd].map(text)).toEqual(['1500', '900', '1300']);
    expect(exposure).toMatchObject({ pairs: 4, symbols: 3, ownPairCounted: true });
    expect(text(exposure.oppositeQty)).toBe('8');
  });

  it('counts a position and an entry under way on the same pair as one place and two amounts', () => {
    const exposure = exposureOf([{ qty: '1' }], [{ qty: '2' }]);
    expect(exposure.pairs).toBe(1);
    expect(text(exposure.symbolUsd)).toBe('300');
  });

  it('leaves its own reservation out of everything', () => {
    const exposure = exposureOf([], [{ intentId: 'mine' }]);
    expect(exposure).toMatchObject({ pairs: 0, ownPairCounted: false });
    expect(text(exposure.grossUsd)).toBe('0');
  });

  it('lets exits under way take from what may be closed and from nothing else', () => {
    const exposure = exposureOf([{ qty: '5' }], [{ purpose: 'close', side: 'sell', qty: '2' }, { intentId: 'second', purpose: 'reduce', side: 'sell', qty: '1' }]);
    expect(text(exposure.closableQty)).toBe('2');
    expect(text(exposure.grossUsd)).toBe('500');
    expect(text(exposure.reservedMarginUsd)).toBe('0');
  });

  it('never says that less than nothing may be closed', () => {
    expect(text(exposureOf([{ qty: '1' }], [{ purpose: 'close', side: 'sell', qty: '3' }]).closableQty)).toBe('0');
  });

  it("takes reserved margin at the venue's leverage, rounded up, and at one outside the universe", () => {
    const margins = ['BTCUSDT', 'SOLUSDT', 'XRPUSDT'].map((symbol) => text(exposureOf([], [{ symbol, qty: '3' }]).reservedMarginUsd));
    expect(margins).toEqual(['75', '100.0000000002', '300']);
  });
});
