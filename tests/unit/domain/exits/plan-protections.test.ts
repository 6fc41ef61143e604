import { describe, expect, it } from 'vitest';
import { planProtections } from '../../../../functions/src/domain/exits/plan-protections.ts';
import { price } from '../../../../functions/src/domain/money/units.ts';
import type { VenueStop } from '../../../../functions/src/domain/order/protective-stop.ts';
import type { WantedStop } from '../../../../functions/src/domain/exits/wanted-stops.ts';

function wanted(over: Partial<WantedStop> = {}): WantedStop {
  return { clientStopId: 'pcs-a', symbol: 'BTCUSDT', positionSide: 'long', kind: 'stopLoss', triggerPrice: price('98000'), ...over };
}

function resting(over: Partial<VenueStop> = {}): VenueStop {
  return { ...wanted(), venueStopId: '1', status: 'working', venueOrderId: null, createdAt: 1, updatedAt: 1, ...over };
}

const ids = (stops: readonly { readonly clientStopId: string }[]): string[] => stops.map((stop) => stop.clientStopId);

describe('planProtections', () => {
  it('changes nothing when what is wanted rests', () => {
    expect(planProtections([wanted()], [resting()])).toEqual({ cancel: [], place: [] });
  });

  it('places a stop that is missing', () => {
    expect(ids(planProtections([wanted()], []).place)).toEqual(['pcs-a']);
  });

  it('replaces a stop of another price: the old one is cancelled, the new one placed', () => {
    const plan = planProtections([wanted({ clientStopId: 'pcs-b' })], [resting()]);
    expect([ids(plan.cancel), ids(plan.place)]).toEqual([['pcs-a'], ['pcs-b']]);
  });

  it('cancels what a closed position has left behind', () => {
    expect(ids(planProtections([], [resting()]).cancel)).toEqual(['pcs-a']);
  });

  it('never touches a stop that somebody else placed, and counts it as protection', () => {
    expect(planProtections([wanted()], [resting({ clientStopId: 'by-hand' })])).toEqual({ cancel: [], place: [] });
    expect(planProtections([], [resting({ clientStopId: 'by-hand' })]).cancel).toEqual([]);
  });

  it.each([
    ['another side', { positionSide: 'short' }],
    ['another symbol', { symbol: 'ETHUSDT' }],
    ['another kind', { kind: 'takeProfit' }],
    ['a shape that need not close the position', { kind: 'other' }],
  ] as const)('does not take a stop of %s for protection', (_what, over) => {
    expect(ids(planProtections([wanted()], [resting({ clientStopId: 'by-hand', ...over })]).place)).toEqual(['pcs-a']);
  });

  it('places again what is no longer working', () => {
    expect(ids(planProtections([wanted()], [resting({ status: 'canceled' })]).place)).toEqual(['pcs-a']);
  });
});
