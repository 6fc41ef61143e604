import { describe, expect, it } from 'vitest';
import { bestPriceOf, NO_TRAIL, trailedTrigger } from '../../../../functions/src/domain/exits/trailing-stop.ts';
import { STOP_PREFIX } from '../../../../functions/src/domain/exits/stop-id.ts';
import { trailOf, wantedStops } from '../../../../functions/src/domain/exits/wanted-stops.ts';
import { decimal, text } from '../../../../functions/src/domain/money/decimal.ts';
import type { VenueStop } from '../../../../functions/src/domain/order/protective-stop.ts';
import type { ProtectionRecord } from '../../../../functions/src/schema/records/protection.ts';
import type { OpenExposure } from '../../../../functions/src/schema/records/risk-state.ts';
import { anExposure } from '../../../support/builders/an-exposure.ts';
import { anInstrument } from '../risk/scenario.ts';

const rules = { activationPct: 1, distancePct: 0.5, stepPct: 0.1 };
const of = (amount: string | null) => (amount === null ? null : decimal(amount));
const best = (exposure: Partial<OpenExposure>) => text(bestPriceOf(anExposure(exposure), { ...NO_TRAIL, bestPrice: decimal('100500') }));

interface Case {
  readonly exposure?: Partial<OpenExposure>;
  readonly fixed?: string | null;
  readonly bestPrice?: string;
  readonly present?: string;
}

function trigger({ exposure = {}, fixed = '98000', bestPrice, present }: Case): string | null {
  const found = trailedTrigger(anExposure(exposure), of(fixed), rules, { bestPrice: of(bestPrice ?? null), trigger: of(present ?? null) });
  return found === null ? null : text(found);
}

const short = { positionSide: 'short' } as const;

describe('trailedTrigger', () => {
  it.each<[string, Case, string | null]>([
    ['is the fixed stop until the gain activates it', { exposure: { markPrice: '100999' } }, '98000'],
    ['is none before that where there is no fixed stop', { exposure: { markPrice: '100999' }, fixed: null }, null],
    ['follows the mark at its distance from then on', { exposure: { markPrice: '101000' } }, '100495'],
    ['follows the best price, not a mark that has come back', { exposure: { markPrice: '100100' }, bestPrice: '102000' }, '101490'],
    ['never gives back what the stop has reached', { exposure: { markPrice: '100100' }, present: '101490' }, '101490'],
    ['stays until the next place is a whole step away', { exposure: { markPrice: '102100' }, present: '101490' }, '101490'],
    ['moves by a step or more', { exposure: { markPrice: '102200' }, present: '101490' }, '101689'],
    ['keeps the fixed stop where that is tighter', { exposure: { markPrice: '101000' }, fixed: '100800' }, '100800'],
    ['of a short is its mirror: fixed', { exposure: { ...short, markPrice: '99001' }, fixed: '102000' }, '102000'],
    ['of a short is its mirror: following', { exposure: { ...short, markPrice: '99000' }, fixed: '102000' }, '99495'],
    ['of a short is its mirror: kept', { exposure: { ...short, markPrice: '99900' }, fixed: '102000', present: '98490' }, '98490'],
  ])('%s', (_what, given, expected) => {
    expect(trigger(given)).toBe(expected);
  });

  it('knows the better price of each side', () => {
    expect([best({ markPrice: '100400' }), best({ markPrice: '100600' }), best({ ...short, markPrice: '100400' }), best({ ...short, markPrice: '100600' })]).toEqual(['100500', '100600', '100400', '100500']);
  });
});

const record: ProtectionRecord = {
  summary: '', symbol: 'BTCUSDT', positionSide: 'long', openedAt: anExposure().openedAt,
  sent: [], resting: [{ clientStopId: 'pcs-x', kind: 'stopLoss', triggerPrice: '100495' }], bestPrice: '101000', unprotectedSinceAt: null, reason: null, changedAt: 1,
};

function atVenue(exposure: OpenExposure, fixedPct: number): VenueStop[] {
  return wantedStops(exposure, { maxHoldMinutes: null, stopLossPct: fixedPct, takeProfitPct: null, trailing: null }, anInstrument(), NO_TRAIL).map((stop) => ({
    ...stop, venueStopId: '1', status: 'working', venueOrderId: null, createdAt: 1, updatedAt: 1,
  }));
}

const seen = (exposure: OpenExposure, stops: readonly VenueStop[], known: ProtectionRecord | null) => {
  const trail = trailOf(exposure, stops, known);
  return [trail.bestPrice === null ? null : text(trail.bestPrice), trail.trigger === null ? null : text(trail.trigger)];
};

describe('trailOf', () => {
  it('recognises the stop of this very position at the venue without any record', () => {
    expect(seen(anExposure(), atVenue(anExposure(), 1), null)).toEqual([null, '99000']);
    expect(seen(anExposure(), [], null)).toEqual([null, null]);
  });

  it('takes the record for a stop that is gone from the venue', () => {
    expect(seen(anExposure(), [], record)).toEqual(['101000', '100495']);
    expect(seen(anExposure(), atVenue(anExposure(), 1), record)).toEqual(['101000', '99000']);
  });

  it('is not misled by an earlier position, its record, or a stop by hand', () => {
    const later = anExposure({ openedAt: anExposure().openedAt + 1 });
    expect(seen(later, atVenue(anExposure(), 1), record)).toEqual([null, null]);
    expect(seen(anExposure(), atVenue(anExposure(), 1).map((stop) => ({ ...stop, clientStopId: `${STOP_PREFIX}hand` })), null)).toEqual([null, null]);
  });
});
