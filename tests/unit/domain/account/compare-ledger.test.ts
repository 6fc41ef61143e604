import { describe, expect, it } from 'vitest';
import { bothAgree, compareIncome, comparePositions } from '../../../../functions/src/domain/account/compare-ledger.ts';
import type { Comparison } from '../../../../functions/src/domain/account/compare-ledger.ts';
import { emptyIncome } from '../../../../functions/src/domain/account/income.ts';
import type { RiskState } from '../../../../functions/src/schema/records/risk-state.ts';
import { aVenuePosition } from '../../../support/builders/an-account.ts';
import type { PositionText } from '../../../support/builders/an-account.ts';
import { aRiskState, holding, NOW } from '../risk/scenario.ts';

function compared(risk: Partial<RiskState>, positions: readonly PositionText[]): Comparison {
  return comparePositions(aRiskState(risk), positions.map(aVenuePosition), NOW);
}

const filled = (agoMs: number) => ({ ...holding([{ qty: '1' }]), lastFillAtBySymbol: { BTCUSDT: NOW - agoMs } });

describe('comparePositions', () => {
  it.each<[string, Partial<RiskState>, readonly PositionText[]]>([
    ['both are flat', {}, []],
    ['both hold the same', holding([{ qty: '1' }]), [{ qty: '1' }]],
    ['the same is written differently', holding([{ qty: '1.50' }]), [{ qty: '1.5' }]],
    ['both sides of a symbol are held', holding([{ qty: '1' }, { positionSide: 'short', qty: '2' }]), [{ qty: '1' }, { positionSide: 'short', qty: '2' }]],
  ])('agrees when %s', (_title, risk, positions) => {
    expect(compared(risk, positions)).toEqual({ agrees: true, disagreements: [] });
  });

  it.each<[string, Partial<RiskState>, readonly PositionText[], string, string]>([
    ['a quantity differs', holding([{ qty: '1' }]), [{ qty: '1.001' }], 'quantity 1', 'quantity 1.001'],
    ['only we hold it', holding([{ qty: '1' }]), [], 'quantity 1', 'quantity 0'],
    ['only the venue holds it', {}, [{ qty: '2' }], 'quantity 0', 'quantity 2'],
  ])('shows both sides when %s', (_title, risk, positions, ours, venues) => {
    expect(compared(risk, positions)).toEqual({ agrees: false, disagreements: [{ key: 'BTCUSDT-long', symbol: 'BTCUSDT', ours, venues }] });
  });

  it('does not take a long for a short', () => {
    const { disagreements } = compared(holding([{ qty: '1' }]), [{ positionSide: 'short', qty: '1' }]);
    expect(disagreements.map(({ key }) => key).toSorted()).toEqual(['BTCUSDT-long', 'BTCUSDT-short']);
  });

  it('does not compare what has filled a moment ago, which the venue\'s position follows late', () => {
    expect(compared(filled(9999), [])).toEqual({ agrees: null, disagreements: [] });
    expect(compared(filled(10_000), []).agrees).toBe(false);
  });

  it('does not compare a side with work in flight, and does not call that agreement', () => {
    expect(compared(holding([{ qty: '1' }], [{ qty: '1' }]), [{ qty: '1.5' }])).toEqual({ agrees: null, disagreements: [] });
  });

  it('still compares the other sides', () => {
    const risk = holding([{ qty: '1' }, { symbol: 'ETHUSDT', qty: '3' }], [{ qty: '1' }]);
    const { agrees, disagreements } = compared(risk, [{ qty: '9' }, { symbol: 'ETHUSDT', qty: '4' }]);
    expect([agrees, disagreements.map(({ key }) => key)]).toEqual([false, ['ETHUSDT-long']]);
  });
});

describe('compareIncome', () => {
  const totals = { fills: 2, makerFills: 0, realizedPnlUsd: '9', venueRealizedPnlUsd: '10', feesUsd: '60.12', feesByAsset: { USDT: '0.12', BNB: '0.1' } };
  const income = { ...emptyIncome(NOW), realizedPnlUsd: '10', commissionUsd: '-61.12', commissionByAsset: { USDT: '-0.12', BNB: '-0.1' } };

  it('agrees when fees by asset and the venue\'s PnL are what its income says, at whatever rate either was valued', () => {
    expect(compareIncome(aRiskState({ totals }), income, NOW)).toEqual({ agrees: true, disagreements: [] });
  });

  it.each([
    ['fees in USDT', { ...income, commissionByAsset: { USDT: '-0.13', BNB: '-0.1' } }, '0.12 USDT', '0.13 USDT'],
    ['fees in BNB', { ...income, commissionByAsset: { USDT: '-0.12' } }, '0.1 BNB', '0 BNB'],
    ['fees in FDUSD', { ...income, commissionByAsset: { ...income.commissionByAsset, FDUSD: '-1' } }, '0 FDUSD', '1 FDUSD'],
    ['realizedPnl', { ...income, realizedPnlUsd: '9' }, '10 USD', '9 USD'],
  ])('shows both sides when %s differ', (key, venue, ours, venues) => {
    expect(compareIncome(aRiskState({ totals }), venue, NOW)).toEqual({ agrees: false, disagreements: [{ key, symbol: null, ours, venues }] });
  });

  it('cannot be told until the income of the last fill must have been published', () => {
    const risk = aRiskState({ totals, lastFillAtBySymbol: { BTCUSDT: NOW - 119_999 } });
    const late = { ...income, commissionByAsset: {} };
    expect(compareIncome(risk, late, NOW).agrees).toBeNull();
    expect(compareIncome(risk, late, NOW + 1).agrees).toBe(false);
  });

  it('cannot be told while anything is in flight', () => {
    const risk = aRiskState({ totals, ...holding([], [{ qty: '1' }]) });
    expect(compareIncome(risk, { ...income, commissionByAsset: {} }, NOW)).toEqual({ agrees: null, disagreements: [] });
  });
});

function comparison(agrees: boolean | null): Comparison {
  return { agrees, disagreements: agrees === false ? [{ key: 'k', symbol: null, ours: '1', venues: '2' }] : [] };
}

describe('bothAgree', () => {
  it.each([
    [true, true, true],
    [true, null, null],
    [null, null, null],
    [null, false, false],
    [true, false, false],
  ])('%s and %s are %s', (a, b, both) => {
    const [first, second] = [comparison(a), comparison(b)];
    expect(bothAgree(first, second)).toEqual({ agrees: both, disagreements: [...first.disagreements, ...second.disagreements] });
    expect(bothAgree(second, first).agrees).toBe(both);
  });
});
