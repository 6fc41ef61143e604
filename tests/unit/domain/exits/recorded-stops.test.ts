import { describe, expect, it } from 'vitest';
import { planProtections } from '../../../../functions/src/domain/exits/plan-protections.ts';
import { armed, protectionOf } from '../../../../functions/src/domain/exits/protection-of.ts';
import { keepingRecorded, recordedStops } from '../../../../functions/src/domain/exits/recorded-stops.ts';
import type { WantedStop } from '../../../../functions/src/domain/exits/wanted-stops.ts';
import { price } from '../../../../functions/src/domain/money/units.ts';
import { anExposure } from '../../../support/builders/an-exposure.ts';

const of = { symbol: 'BTCUSDT', positionSide: 'long' } as const;
const loss: WantedStop = { ...of, clientStopId: 'pcs-a', kind: 'stopLoss', triggerPrice: price('98000') };
const profit: WantedStop = { ...of, clientStopId: 'pcs-p', kind: 'takeProfit', triggerPrice: price('103000') };
const moved: WantedStop = { ...loss, clientStopId: 'pcs-b', triggerPrice: price('99000') };
const rests = protectionOf(null, anExposure(), [{ stop: loss, clientStopId: 'pcs-a-2', failure: null, isMoot: false }], null, 5);
const recorded = recordedStops(anExposure(), rests);

describe('the recorded stops of a position', () => {
  it('are those that are said to rest, under the names they rest under', () => {
    expect(recorded).toEqual([{ ...loss, clientStopId: 'pcs-a-2', status: 'working' }]);
  });

  it('are not those of an earlier position, and none without a record', () => {
    expect([recordedStops(anExposure({ openedAt: 77 }), rests), recordedStops(anExposure(), null)]).toEqual([[], []]);
  });

  it('are not known once another was sent of which it is not written what became', () => {
    const sent = armed(rests, anExposure(), moved, null, 9).record;
    expect(recordedStops(anExposure(), sent)).toEqual([]);
    const failed = protectionOf(sent, anExposure(), [{ stop: moved, clientStopId: 'pcs-b', failure: 'no answer', isMoot: false }], null, 11);
    expect(recordedStops(anExposure(), failed)).toEqual([]);
  });
});

describe('what is wanted beside recorded stops', () => {
  it.each([
    ['leaves one where it is that would be moved', [moved, profit], [loss, profit], [profit]],
    ['keeps one that is no longer wanted', [profit], [loss, profit], [profit]],
    ['places nothing where all rest', [loss], [loss], []],
  ])('%s, and cancels nothing', (_what, wanted, kept, place) => {
    const wishes = keepingRecorded(wanted, recorded);
    expect(wishes).toEqual(kept);
    expect(planProtections(wishes, recorded)).toEqual({ cancel: [], place });
  });
});
