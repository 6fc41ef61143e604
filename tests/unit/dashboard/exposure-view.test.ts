import { describe, expect, it } from 'vitest';
import { exposureView } from '../../../dashboard/src/view/exposure-view.ts';
import type { ExposureView } from '../../../dashboard/src/view/exposure-view.ts';
import { EMPTY_RISK_STATE } from '../../../functions/src/schema/records/risk-state.ts';
import type { Reservation } from '../../../functions/src/schema/records/risk-state.ts';
import { anExposure } from '../../support/builders/an-exposure.ts';
import { SETTINGS } from './stored.ts';

const aReservation = (changes: Partial<Reservation> = {}): Reservation => ({
  intentId: 'i1', symbol: 'SOLUSDT', positionSide: 'long', tier: 'SATELLITE', strategy: 's', side: 'buy', purpose: 'open', qty: '3', price: '100', reservedAt: 0, ...changes,
});
const open = anExposure({ symbol: 'BTCUSDT', positionSide: 'long', tier: 'CORE', qty: '0.01', markPrice: '100000' });
const risk = { ...EMPTY_RISK_STATE, exposures: { 'BTCUSDT-long': open }, reservations: { i1: aReservation() } };
const rowOf = (view: ExposureView | null, label: string) => view?.rows.find((row) => row.label === label);

describe('exposure against caps', () => {
  it('sums open exposure and entries under way exactly, for the account, each tier and each symbol held', () => {
    const view = exposureView({ ...risk, exposures: { 'BTCUSDT-long': { ...open, qty: '0.1', markPrice: '3' } } }, '10000', SETTINGS.caps);
    expect(rowOf(view, 'Gross')).toEqual({ label: 'Gross', group: 'account', capPct: 150, openUsd: '0.3', reservedUsd: '300', openPct: 0.003, reservedPct: 3 });
    expect(rowOf(view, 'CORE')).toMatchObject({ openUsd: '0.3', reservedUsd: '0' });
    expect(rowOf(view, 'SOLUSDT')).toMatchObject({ openUsd: '0', reservedUsd: '300', capPct: 10 });
    expect(view).toMatchObject({ positions: 2, maxPositions: 2 });
  });

  it('does not count an exit under way', () => {
    const view = exposureView({ ...risk, reservations: { i1: aReservation({ purpose: 'close' }) } }, '10000', SETTINGS.caps);
    expect(rowOf(view, 'Gross')).toMatchObject({ reservedUsd: '0' });
  });

  it('is unknown, never smaller, where a line cannot be read', () => {
    const view = exposureView({ ...risk, exposures: { 'BTCUSDT-long': { ...open, markPrice: undefined } } }, '10000', SETTINGS.caps);
    expect(rowOf(view, 'Gross')).toMatchObject({ openUsd: null, openPct: null });
    expect(rowOf(view, 'SATELLITE')).toMatchObject({ openUsd: '0' });
  });

  it('shows dollars without shares while NAV is unknown or not positive', () => {
    for (const nav of [null, '0', '-5'] as const) expect(rowOf(exposureView(risk, nav, SETTINGS.caps), 'Gross')).toMatchObject({ openUsd: '1000', openPct: null });
  });

  it('is nothing without a risk record', () => {
    expect(exposureView(null, '10000', SETTINGS.caps)).toBeNull();
    expect(exposureView({ exposures: {} }, '10000', SETTINGS.caps)).toBeNull();
  });

  it('takes the tier of config before that of the record, as the gate does', () => {
    const view = exposureView({ ...risk, exposures: { 'BTCUSDT-long': { ...open, tier: 'SATELLITE' } } }, '10000', SETTINGS.caps);
    expect(rowOf(view, 'CORE')).toMatchObject({ openUsd: '1000' });
  });
});
