import { describe, expect, it } from 'vitest';
import { vetoFloodIds, withVeto } from '../../../../functions/src/domain/screening/veto-floods.ts';
import type { DecisionRecord } from '../../../../functions/src/schema/records/tick.ts';
import { vetoFlood } from '../../../../functions/src/schema/records/veto.ts';
import { NOW } from '../risk/scenario.ts';

const HOUR = 3_600_000;
const veto = (code: string) => ({ code, observed: '1', limit: '2', unit: 'count', configPath: 'risk.json:x' });
const signal = { strategy: 'zscore-5m', timeframe: '5m', candleCloseAt: NOW, action: 'enter', indicator: 'z', value: -2, threshold: -2 } as const;

function refused(changes: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    symbol: 'BTCUSDT', strategy: 'zscore-5m', positionSide: 'long', outcome: 'vetoed', reason: 'cooldown', signal, sizing: null, bookAligned: null, vetoes: [veto('cooldown')], intentId: null,
    ...changes,
  };
}

const idOf = (decision: DecisionRecord, now = NOW): string | undefined => vetoFloodIds([decision], now, HOUR)[0]?.id;

describe('vetoFloodIds', () => {
  it('collapses the same refusal within a window, whatever its numbers', () => {
    const again = refused({ vetoes: [{ ...veto('cooldown'), observed: '99' }], signal: { ...signal, candleCloseAt: NOW + 300_000 } });
    expect(idOf(again, NOW + HOUR - 1)).toBe(idOf(refused()));
  });

  it.each([
    ['windows', refused(), NOW + HOUR],
    ['strategies', refused({ strategy: 'other' }), NOW],
    ['symbols', refused({ symbol: 'ETHUSDT' }), NOW],
    ['sides', refused({ positionSide: 'short' }), NOW],
    ['codes', refused({ vetoes: [veto('nav_stale')] }), NOW],
    ['more codes', refused({ vetoes: [veto('cooldown'), veto('nav_stale')] }), NOW],
  ])('tells %s apart', (_title, other, now) => {
    expect(idOf(other, now)).not.toBe(idOf(refused()));
  });

  it('keeps each decision with its id', () => {
    const decisions = [refused(), refused({ symbol: 'ETHUSDT' })];
    expect(vetoFloodIds(decisions, NOW, HOUR).map(({ decision }) => decision)).toEqual(decisions);
  });
});

describe('withVeto', () => {
  it('begins to count and counts on, with the latest numbers', () => {
    const first = withVeto(null, refused(), NOW, HOUR);
    const second = withVeto(first, refused({ vetoes: [{ ...veto('cooldown'), observed: '9' }] }), NOW + 60_000, HOUR);
    expect([first, second].map((flood) => vetoFlood.parse(flood))).toEqual([first, second]);
    expect(first).toMatchObject({ count: 1, firstAt: NOW, lastAt: NOW, expireAt: NOW + HOUR, summary: 'BTCUSDT long: cooldown (1 times)' });
    expect(second).toMatchObject({ count: 2, firstAt: NOW, lastAt: NOW + 60_000, expireAt: NOW + 60_000 + HOUR, vetoes: [{ observed: '9' }] });
  });

  it.each([
    ['long', 'enter', 'buy'],
    ['long', 'exit', 'sell'],
    ['short', 'enter', 'sell'],
    ['short', 'exit', 'buy'],
  ] as const)('shows a refused %s %s as a %s', (positionSide, action, side) => {
    expect(withVeto(null, refused({ positionSide, signal: { ...signal, action } }), NOW, HOUR)).toMatchObject({ positionSide, side });
  });
});
