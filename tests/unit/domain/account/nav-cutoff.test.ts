import { describe, expect, it } from 'vitest';
import { cutMarks, pendingCutoff } from '../../../../functions/src/domain/account/nav-cutoff.ts';
import { aNav } from '../risk/scenario.ts';

const NOON = Date.UTC(2026, 0, 15, 12);
const day = (name: string, points: readonly (readonly [minute: number, nav: string, transfers?: string])[]) => ({
  day: name,
  minutes: points.map(([minute]) => minute),
  navUsd: points.map(([, nav]) => nav),
  drawdownPct: points.map(() => '0'),
  netTransfersUsd: points.map(([, , transfers = '0']) => transfers),
  lastPointAt: NOON,
});

describe('a cutoff', () => {
  it.each([
    ['that is in the past and new', '2026-01-15T11:00:00Z', NOON],
    ['that has taken effect', '2026-01-15T10:00:00Z', null],
    ['that lies ahead', '2026-01-15T13:00:00Z', null],
    ['that is not there', null, null],
  ])('%s is or is not pending', (_title, time, expected) => {
    const nav = aNav({ markedSinceAt: Date.UTC(2026, 0, 15, 10) });
    expect(pendingCutoff(nav, time, NOON)).toBe(expected === null ? null : Date.UTC(2026, 0, 15, 11));
    expect(pendingCutoff(null, time, NOON)).toBeNull();
  });

  const nav = aNav({ navUsd: '9000', highWaterMarkUsd: '20000', drawdownPct: '55', maxDrawdownPct: '60', markedSinceAt: 0 });

  it('forgets a peak before it and the drawdown from that peak', () => {
    const days = [day('20260114', [[1439, '15000']]), day('20260115', [[0, '14000'], [719, '13000'], [720, '10000'], [725, '9500']])];
    expect(cutMarks(nav, days, NOON)).toEqual({ ...nav, highWaterMarkUsd: '10000', drawdownPct: '10', maxDrawdownPct: '10', markedSinceAt: NOON });
  });

  it('moves the points since then by what was paid in and out after them', () => {
    const days = [day('20260115', [[720, '10000'], [730, '12500', '3000']])];
    expect(cutMarks({ ...nav, netTransfersUsd: '3000' }, days, NOON)).toMatchObject({ highWaterMarkUsd: '13000' });
  });

  it('begins at the last NAV where nothing was recorded since', () => {
    expect(cutMarks(nav, [], NOON)).toMatchObject({ highWaterMarkUsd: '9000', drawdownPct: '0', maxDrawdownPct: '0' });
  });
});
