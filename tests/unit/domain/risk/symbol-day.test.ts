import { describe, expect, it } from 'vitest';
import { decimal, text } from '../../../../functions/src/domain/money/decimal.ts';
import { symbolLossUsd, withSymbolDay } from '../../../../functions/src/domain/risk/symbol-day.ts';
import { EMPTY_RISK_STATE } from '../../../../functions/src/schema/records/risk-state.ts';
import type { RiskState } from '../../../../functions/src/schema/records/risk-state.ts';
import { anExposure } from '../../../support/builders/an-exposure.ts';

const NOON = Date.UTC(2026, 5, 1, 12);
const RULES = { resetTimezone: 'UTC', symbolDrawdownCapPct: 3, symbolDisableHours: 24 };
const NAV = decimal('10000');

function risk(resultUsd: string, over: Partial<RiskState> = {}): RiskState {
  return { ...EMPTY_RISK_STATE, symbolDay: { dayKey: '2026-06-01', resultUsdBySymbol: { BTCUSDT: resultUsd } }, ...over };
}

const lossOf = (state: RiskState): string | null => {
  const loss = symbolLossUsd(state, 'BTCUSDT');
  return loss === null ? null : text(loss);
};

describe('symbolLossUsd', () => {
  it('is the realised loss and what the open position stands at', () => {
    const exposures = { 'BTCUSDT-long': anExposure({ qty: '0.1', averageEntryPrice: '100000', markPrice: '99000' }) };
    expect(lossOf(risk('-50', { exposures }))).toBe('150');
  });

  it('counts a short that went up as a loss', () => {
    const exposures = { 'BTCUSDT-short': anExposure({ positionSide: 'short', qty: '0.1', averageEntryPrice: '100000', markPrice: '101000' }) };
    expect(lossOf(risk('0', { exposures }))).toBe('100');
  });

  it('is zero for a gain and for a symbol that did nothing', () => {
    expect([lossOf(risk('50')), lossOf(EMPTY_RISK_STATE)]).toEqual(['0', '0']);
  });
});

describe('withSymbolDay', () => {
  it('disables a symbol at its cap for the configured hours', () => {
    expect(withSymbolDay(risk('-300'), NAV, RULES, NOON).disabledUntilAtBySymbol).toEqual({ BTCUSDT: NOON + 24 * 3_600_000 });
  });

  it('leaves the state as it is below the cap', () => {
    const before = risk('-299.99');
    expect(withSymbolDay(before, NAV, RULES, NOON)).toBe(before);
  });

  it('does not prolong a symbol that is disabled already, and disables it again when that has passed', () => {
    const before = risk('-300', { disabledUntilAtBySymbol: { BTCUSDT: NOON + 1 } });
    expect(withSymbolDay(before, NAV, RULES, NOON)).toBe(before);
    expect(withSymbolDay(before, NAV, RULES, NOON + 1).disabledUntilAtBySymbol['BTCUSDT']).toBe(NOON + 1 + 24 * 3_600_000);
  });

  it('opens a new day at midnight of the configured timezone, disabled symbols kept', () => {
    const before = risk('-300', { disabledUntilAtBySymbol: { BTCUSDT: NOON + 86_400_000 } });
    const next = withSymbolDay(before, NAV, RULES, Date.UTC(2026, 5, 2));
    expect(next.symbolDay).toEqual({ dayKey: '2026-06-02', resultUsdBySymbol: {} });
    expect(next.disabledUntilAtBySymbol).toBe(before.disabledUntilAtBySymbol);
    expect(withSymbolDay(before, NAV, { ...RULES, resetTimezone: 'Asia/Tokyo' }, Date.UTC(2026, 5, 1, 14, 59)).symbolDay.dayKey).toBe('2026-06-01');
  });

  it('judges nothing while NAV is unknown', () => {
    const before = risk('-9000');
    expect(withSymbolDay(before, null, RULES, NOON)).toBe(before);
  });
});
