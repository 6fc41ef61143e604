import { describe, expect, it } from 'vitest';
import { feasibility } from '../../../functions/src/cli/feasibility.ts';
import { notional, price, usd } from '../../../functions/src/domain/money/units.ts';
import { anInstrument, limitsOf } from '../domain/risk/scenario.ts';

const NAV = usd('10000');

describe('what an account may order', () => {
  it('is counted on the venue’s grid, between the largest floor and the tightest cap', () => {
    const limits = limitsOf({ risk: { minNotionalUsd: 10, maxTradeNavPct: 10 } }).forSymbol('BTCUSDT');
    expect(feasibility(limits, NAV, anInstrument({ minNotional: notional('100') }), price('64123.5'))).toEqual({
      symbol: 'BTCUSDT', enabled: true, isFeasible: true, venueRules: 'known', price: '64123.5',
      smallestUsd: '128.247', smallestSetIn: 'markets:BTCUSDT.minNotional', largestUsd: '1000', largestSetIn: 'risk.json:maxTradeNavPct',
    });
  });

  it('names the cap of the symbol when that one binds', () => {
    const perSymbol = { BTCUSDT: { maxOrderNotionalUsd: 400, maxExposurePct: null, maxLeverage: null, minNotionalUsd: null, blockedSides: [] } };
    const limits = limitsOf({ risk: { perSymbol } }).forSymbol('BTCUSDT');
    expect(feasibility(limits, NAV, anInstrument(), price('100'))).toMatchObject({ largestUsd: '400', largestSetIn: 'risk.json:perSymbol.BTCUSDT.maxOrderNotionalUsd' });
  });

  it('is nothing when the smallest order is above the caps', () => {
    const limits = limitsOf({ risk: { maxTradeNavPct: 1 } }).forSymbol('BTCUSDT');
    expect(feasibility(limits, NAV, anInstrument(), price('150000'))).toMatchObject({ isFeasible: false, smallestUsd: '150', largestUsd: '100' });
  });

  it.each([
    [anInstrument(), null, { venueRules: 'known', price: null }],
    [null, price('100'), { venueRules: 'unknown', price: '100' }],
  ] as const)('is counted by the settings alone while rules or price are not known', (instrument, at, expected) => {
    const limits = limitsOf({ risk: { minNotionalUsd: 12 } }).forSymbol('BTCUSDT');
    expect(feasibility(limits, NAV, instrument, at)).toMatchObject({ smallestUsd: '12', smallestSetIn: 'risk.json:minNotionalUsd', ...expected });
  });
});
