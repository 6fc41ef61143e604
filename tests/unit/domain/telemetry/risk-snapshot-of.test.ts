import { describe, expect, it } from 'vitest';
import { compileLimits } from '../../../../functions/src/domain/risk/compile-limits.ts';
import { riskMark, riskSnapshotOf } from '../../../../functions/src/domain/telemetry/risk-snapshot-of.ts';
import { EMPTY_RISK_STATE } from '../../../../functions/src/schema/records/risk-state.ts';
import type { RiskState } from '../../../../functions/src/schema/records/risk-state.ts';
import { quietAccount } from '../../../../scripts/bench/quiet-account.ts';
import { testConfig } from '../../../support/engine/engine-run.ts';

const CONFIG = testConfig();
const LIMITS = compileLimits(CONFIG);
const { nav, asOf: NOW } = quietAccount(CONFIG, ['BTCUSDT']);
if (nav === null) throw new Error('a quiet account has a NAV');

const long = (qty: string, markPrice: string) => ({ symbol: 'BTCUSDT', positionSide: 'long' as const, tier: 'CORE', qty, averageEntryPrice: '50000', strategy: null, openedAt: NOW, markPrice, markAt: NOW });
const holding = (qty: string, markPrice = '50000'): RiskState => ({ ...EMPTY_RISK_STATE, exposures: { 'BTCUSDT-long': long(qty, markPrice) } });
const snapshot = (risk: RiskState, changes: object = {}) => riskSnapshotOf({ nav: { ...nav, ...changes }, risk, tradingState: 'ACTIVE' }, LIMITS, CONFIG, NOW);

describe('the risk snapshot', () => {
  it('shows each cap with its use and what is left, to the last digit', () => {
    expect(snapshot(holding('0.0333'))).toMatchObject({
      grossUsd: '1665', grossPct: '16.65', maxGrossPct: '150', grossLeftUsd: '13335', positions: 1,
      bySymbol: { BTCUSDT: { exposureUsd: '1665', exposurePct: '16.65', maxExposurePct: '25', exposureLeftUsd: '835', dayLossUsd: '0' } },
    });
  });

  it('counts orders under way as the gate does', () => {
    const reservation = { intentId: 'i', symbol: 'BTCUSDT', positionSide: 'long' as const, tier: 'CORE', strategy: null, side: 'buy' as const, purpose: 'open' as const, qty: '0.01', price: '50000', reservedAt: NOW };
    expect(snapshot({ ...EMPTY_RISK_STATE, reservations: { i: reservation } })).toMatchObject({ grossUsd: '500', positions: 1 });
  });

  it('has nothing left at and beyond a cap', () => {
    expect(snapshot(holding('1'), { navUsd: '9000', highWaterMarkUsd: '10000', dayOpenNavUsd: '9400' })).toMatchObject({ grossLeftUsd: '0', drawdownLeftUsd: '0', dayLossLeftUsd: '70', bySymbol: { BTCUSDT: { exposureLeftUsd: '0' } } });
  });

  it('leaves nothing to lose of money that no row of income explains yet', () => {
    const unexplained = snapshot(EMPTY_RISK_STATE, { navUsd: '10900', unexplainedUsd: '1500', highWaterMarkUsd: '10000', dayOpenNavUsd: '9800' });
    expect(unexplained).toMatchObject({ drawdownLeftUsd: '400', dayLossLeftUsd: '90' });
  });

  it('does not know a percent of a NAV that is not known, and says so', () => {
    const unknown = riskSnapshotOf({ nav: { ...nav, health: 'unavailable' }, risk: holding('0.01'), tradingState: 'REDUCING' }, LIMITS, CONFIG, NOW);
    expect(unknown).toMatchObject({ navUsd: null, grossUsd: '500', grossPct: null, grossLeftUsd: null, drawdownPct: null, drawdownLeftUsd: null, dayLossLeftUsd: null });
    expect(unknown.summary).toMatch(/^REDUCING, NAV not known, gross unknown of 150 %/);
  });

  it('shows the loss of a symbol and until when it is disabled', () => {
    const risk = { ...holding('0.01', '40000'), disabledUntilAtBySymbol: { BTCUSDT: NOW + 1 } };
    expect(snapshot(risk).bySymbol['BTCUSDT']).toMatchObject({ dayLossUsd: '100', dayLossPct: '1', maxDayLossPct: '3', disabledUntilAt: NOW + 1 });
  });

  it('is news when a use has moved by a whole percent, not when a mark has moved a little', () => {
    const marks = [snapshot(holding('0.01', '50000')), snapshot(holding('0.01', '50100')), snapshot(holding('0.01', '61000'))].map((one) => JSON.stringify(riskMark(one)));
    expect([marks[0] === marks[1], marks[0] === marks[2]]).toEqual([true, false]);
  });
});
