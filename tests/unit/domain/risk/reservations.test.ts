import { describe, expect, it } from 'vitest';
import { applyExposure, release, reserve, shrinkReservation } from '../../../../functions/src/domain/risk/reservations.ts';
import { decimal } from '../../../../functions/src/domain/money/decimal.ts';
import { riskState } from '../../../../functions/src/schema/records/risk-state.ts';
import { anOrder, aReservation, aRiskState, holding, NOW } from './scenario.ts';

const reserved = aRiskState(holding([], [{ intentId: 'mine', qty: '5' }]));
const position = { symbol: 'BTCUSDT', positionSide: 'long', tier: 'CORE', qty: '2', averageEntryPrice: '101', strategy: 'zscore-5m', openedAt: NOW - 5 } as const;
const fill = { price: '102', filledAt: NOW };

describe('reserve', () => {
  it('stores the approved order under its intent in the form the record demands', () => {
    const state = reserve(aRiskState(), anOrder(), { tier: 'CORE', strategy: 'zscore-5m' }, NOW);
    expect(riskState.parse(state).reservations).toEqual({ mine: aReservation({ intentId: 'mine', strategy: 'zscore-5m', qty: '5' }) });
  });

  it('reserves exits too, marked by their purpose', () => {
    const state = reserve(aRiskState(), anOrder({ purpose: 'close', side: 'sell' }), { tier: 'CORE', strategy: 'zscore-5m' }, NOW);
    expect(state.reservations['mine']).toMatchObject({ purpose: 'close', side: 'sell', qty: '5' });
  });

  it('replaces an earlier reservation of the same intent', () => {
    const state = reserve(reserved, anOrder({ qty: '3' }), { tier: 'CORE', strategy: 'zscore-5m' }, NOW);
    expect(Object.values(state.reservations).map(({ qty }) => qty)).toEqual(['3']);
  });

  it('leaves the state it was given alone', () => {
    const before = aRiskState();
    reserve(before, anOrder(), { tier: 'CORE', strategy: 'zscore-5m' }, NOW);
    expect(before).toEqual(aRiskState());
  });
});

describe('shrinkReservation', () => {
  it('takes the filled quantity off', () => {
    expect(shrinkReservation(reserved, 'mine', decimal('1.5')).reservations['mine']?.qty).toBe('3.5');
  });

  it.each(['5', '5.001'])('ends the reservation once %s of five have filled', (filled) => {
    expect(shrinkReservation(reserved, 'mine', decimal(filled)).reservations).toEqual({});
  });

  it('changes nothing for an intent without a reservation', () => {
    expect(shrinkReservation(reserved, 'unknown', decimal('1'))).toBe(reserved);
  });
});

describe('release', () => {
  it('ends the reservation and leaves others', () => {
    const both = aRiskState(holding([], [{ intentId: 'mine' }, { intentId: 'other' }]));
    expect(Object.keys(release(both, 'mine').reservations)).toEqual(['other']);
  });

  it('changes nothing the second time', () => {
    const once = release(reserved, 'mine');
    expect(release(once, 'mine')).toBe(once);
  });
});

describe('applyExposure', () => {
  it("takes the fill's price for the mark of a new position", () => {
    const state = applyExposure(aRiskState(), position, fill);
    expect(state.exposures['BTCUSDT-long']).toEqual({ ...position, markPrice: '102', markAt: NOW });
    expect(riskState.parse(state)).toEqual(state);
  });

  it('keeps the mark that sync has seen', () => {
    const state = applyExposure(aRiskState(holding([{ markPrice: '99', markAt: NOW - 60_000 }])), position, fill);
    expect(state.exposures['BTCUSDT-long']).toMatchObject({ qty: '2', averageEntryPrice: '101', markPrice: '99', markAt: NOW - 60_000 });
  });

  it('ends the exposure of a flat position and leaves the other side', () => {
    const state = applyExposure(aRiskState(holding([{}, { positionSide: 'short' }])), { ...position, qty: '0', openedAt: null }, fill);
    expect(Object.keys(state.exposures)).toEqual(['BTCUSDT-short']);
  });

  it('dates a position without an opening time by the fill', () => {
    const state = applyExposure(aRiskState(), { ...position, openedAt: null }, fill);
    expect(state.exposures['BTCUSDT-long']?.openedAt).toBe(NOW);
  });
});
