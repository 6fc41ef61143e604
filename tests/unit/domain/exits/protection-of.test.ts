import { describe, expect, it } from 'vitest';
import { armed, closedProtection, isSameProtection, isSpent, protectionOf, withoutName } from '../../../../functions/src/domain/exits/protection-of.ts';
import { price } from '../../../../functions/src/domain/money/units.ts';
import { EMPTY_RISK_STATE } from '../../../../functions/src/schema/records/risk-state.ts';
import type { Reservation, RiskState } from '../../../../functions/src/schema/records/risk-state.ts';
import { anExposure } from '../../../support/builders/an-exposure.ts';
import { aReservation } from '../risk/scenario.ts';

const stop = { clientStopId: 'pcs-a', symbol: 'BTCUSDT', positionSide: 'long', kind: 'stopLoss', triggerPrice: price('98000') } as const;
const fails = [{ stop, clientStopId: 'pcs-a', failure: 'tooManyOrders: no', isMoot: false }];
const rests = [{ stop, clientStopId: 'pcs-a', failure: null, isMoot: false }];
const lastFill = (at: number): RiskState => ({ ...EMPTY_RISK_STATE, lastFillAtBySymbol: { BTCUSDT: at } });
const entering = (changes: Partial<Reservation>): RiskState => ({ ...EMPTY_RISK_STATE, reservations: { i: aReservation({ symbol: 'BTCUSDT', positionSide: 'long', ...changes }) } });

describe('protectionOf', () => {
  it('lists what rests, with its price', () => {
    expect(protectionOf(null, anExposure(), rests, null, 5)).toMatchObject({ summary: 'stopLoss at 98000', unprotectedSinceAt: null, resting: [{ clientStopId: 'pcs-a', triggerPrice: '98000' }] });
  });

  it('keeps the time since when a stop is missing', () => {
    const first = protectionOf(null, anExposure(), fails, null, 5);
    const second = protectionOf(first, anExposure(), fails, null, 9);
    expect([first.unprotectedSinceAt, second.unprotectedSinceAt]).toEqual([5, 5]);
    expect(second.summary).toBe('UNPROTECTED: stopLoss: tooManyOrders: no');
  });

  it('starts that time anew for another position and ends it when the stop rests', () => {
    const first = protectionOf(null, anExposure(), fails, null, 5);
    expect(protectionOf(first, anExposure({ openedAt: 77 }), fails, null, 9).unprotectedSinceAt).toBe(9);
    expect(protectionOf(first, anExposure(), rests, null, 9).unprotectedSinceAt).toBeNull();
  });

  it('says of a position that the venue holds no more what is known, and that nothing is missing', () => {
    const first = protectionOf(null, anExposure(), fails, null, 5);
    const gone = protectionOf(first, anExposure(), [{ stop, clientStopId: 'pcs-a', failure: 'positionMissing: no', isMoot: true }], null, 9);
    expect(gone).toMatchObject({ summary: 'the venue holds no such position; what closed it is about to be booked', unprotectedSinceAt: null, reason: null, resting: [] });
    expect(protectionOf(gone, anExposure(), fails, null, 11).unprotectedSinceAt).toBe(11);
  });

  it('remembers every stop that was sent, those of an earlier position too', () => {
    const next = { ...stop, clientStopId: 'pcs-b' };
    const first = protectionOf(null, anExposure(), rests, null, 5);
    const second = armed(first, anExposure(), next, null, 9).record;
    expect(second).toEqual({ ...first, sent: ['pcs-a', 'pcs-b'], changedAt: 9 });
    const unclear = { stop: next, clientStopId: 'pcs-b', failure: 'no answer', isMoot: false };
    expect(protectionOf(second, anExposure(), [unclear], null, 9).sent).toEqual(['pcs-a', 'pcs-b']);
    expect(armed(second, anExposure({ openedAt: 77 }), next, null, 9).record).toMatchObject({ sent: ['pcs-a', 'pcs-b', 'pcs-b-2'], resting: [], summary: 'UNPROTECTED: stopLoss: being placed' });
  });

  it('sends no stop twice under one name, unless that never arrived', () => {
    const first = armed(protectionOf(null, anExposure(), rests, null, 5), anExposure(), stop, null, 9);
    expect(first.clientStopId).toBe('pcs-a-2');
    expect(armed(first.record, anExposure(), stop, null, 9).clientStopId).toBe('pcs-a-3');
    expect(armed(withoutName(first.record, 'pcs-a-2'), anExposure(), stop, null, 9).clientStopId).toBe('pcs-a-2');
  });

  it('keeps a name that was refused, since another run may have sent it again meanwhile', () => {
    const sent = armed(protectionOf(null, anExposure(), rests, null, 5), anExposure(), stop, null, 9).record;
    const refused = [{ stop, clientStopId: 'pcs-a-2', failure: 'placeStop: outside the receive window', isMoot: false }];
    expect(protectionOf(sent, anExposure(), refused, null, 9).sent).toEqual(['pcs-a', 'pcs-a-2']);
  });

  describe('of a closed position', () => {
    const closed = closedProtection(protectionOf(null, anExposure(), rests, null, 5), 9);
    const spent = (changes: Partial<Parameters<typeof isSpent>[1]> = {}): boolean =>
      isSpent(closed, { compared: { ledgerAgrees: true, valueAt: 9_001 }, risk: EMPTY_RISK_STATE, atVenue: new Set(), clockMarginMs: 2000, ...changes });

    it('says so, and knows what was sent', () => {
      expect(closed).toMatchObject({ sent: ['pcs-a'], resting: [], unprotectedSinceAt: null, summary: 'the position has closed' });
    });

    it('is kept until ledger and venue agree about everything that is booked', () => {
      expect([spent({ risk: lastFill(7_000) }), spent({ risk: lastFill(7_001) }), spent()]).toEqual([true, false, true]);
      expect([spent({ compared: { ledgerAgrees: null, valueAt: 9_001 } }), spent({ compared: null })]).toEqual([false, false]);
    });

    it('is kept while one of its stops may be at the venue, not for the sake of others', () => {
      expect([spent({ atVenue: new Set(['pcs-a']) }), spent({ atVenue: new Set(['pcs-b']) }), spent({ atVenue: null })]).toEqual([false, true, false]);
    });

    it('is kept while an entry of its side is under way, which a stop left behind can have closed already', () => {
      expect([spent({ risk: entering({}) }), spent({ risk: entering({ positionSide: 'short' }) }), spent({ risk: entering({ symbol: 'ETHUSDT' }) })]).toEqual([false, true, true]);
    });
  });

  it('says that nothing is configured rather than nothing at all', () => {
    expect(protectionOf(null, anExposure(), [], null, 5).summary).toBe('no stop configured');
  });

  it('is the same only when a reader would see no change', () => {
    const first = protectionOf(null, anExposure(), rests, null, 5);
    expect(isSameProtection(first, protectionOf(first, anExposure(), rests, null, 9))).toBe(true);
    expect(isSameProtection(first, protectionOf(first, anExposure(), fails, null, 9))).toBe(false);
    expect(isSameProtection(null, first)).toBe(false);
  });
});
