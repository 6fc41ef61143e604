import { describe, expect, it } from 'vitest';
import { text } from '../../../../functions/src/domain/money/decimal.ts';
import { DEFAULT_LIMITS, limitsOf, RISK, UNIVERSE } from './scenario.ts';

describe('compileLimits', () => {
  it('turns percent and basis points into exact fractions and keeps the words of config', () => {
    const { tradeNav, spread } = limitsOf({ risk: { maxTradeNavPct: 12.5, maxSpreadBps: 7.5 } }).forSymbol('BTCUSDT');
    expect([text(tradeNav.value), tradeNav.text]).toEqual(['0.125', '12.5']);
    expect([text(spread.value), spread.text]).toEqual(['0.00075', '7.5']);
  });

  it('gives a symbol outside the universe the limits of the account and no tier', () => {
    const limits = DEFAULT_LIMITS.forSymbol('XRPUSDT');
    expect(limits).toMatchObject({ symbol: 'XRPUSDT', whitelisted: false, tier: null, tierExposure: null, orderNotional: null });
    expect(limits.tradeNav).toEqual(DEFAULT_LIMITS.forSymbol('BTCUSDT').tradeNav);
  });

  it('refuses a universe whose tier has no limits instead of leaving the cap off', () => {
    const universe = { symbols: UNIVERSE.symbols.map((entry) => ({ ...entry, tier: 'LOST' })) };
    expect(() => limitsOf({ universe })).toThrow('universe.json puts BTCUSDT in tier LOST, which risk.json:tiers does not have');
  });

  it('rounds a margin rate up', () => {
    expect(text(DEFAULT_LIMITS.forSymbol('SOLUSDT').marginRate)).toBe('0.333333333334');
  });

  it('does not depend on the order of keys', () => {
    const reversed = { perSymbol: Object.fromEntries(Object.entries(RISK.perSymbol).toReversed()), tiers: Object.fromEntries(Object.entries(RISK.tiers).toReversed()) };
    expect(limitsOf({ risk: reversed }).forSymbol('ETHUSDT')).toEqual(DEFAULT_LIMITS.forSymbol('ETHUSDT'));
  });
});
