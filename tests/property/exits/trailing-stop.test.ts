import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trailOf, wantedStops } from '../../../functions/src/domain/exits/wanted-stops.ts';
import { bestPriceOf } from '../../../functions/src/domain/exits/trailing-stop.ts';
import { decimal, text } from '../../../functions/src/domain/money/decimal.ts';
import type { VenueStop } from '../../../functions/src/domain/order/protective-stop.ts';
import type { ProtectionRecord } from '../../../functions/src/schema/records/protection.ts';
import { anExposure } from '../../support/builders/an-exposure.ts';
import { anInstrument } from '../../unit/domain/risk/scenario.ts';

const trailing = fc.record({
  activationPct: fc.integer({ min: 0, max: 30 }).map((tenths) => tenths / 10),
  distancePct: fc.integer({ min: 1, max: 30 }).map((tenths) => tenths / 10),
  stepPct: fc.integer({ min: 1, max: 10 }).map((tenths) => tenths / 10),
});

/** What a minute brings: a mark, and perhaps the loss of the record or of the stop at the venue. */
const minute = fc.record({ mark: fc.integer({ min: 95_000, max: 108_000 }), loses: fc.constantFrom('nothing', 'nothing', 'record', 'stop') });

describe('a trailing stop', () => {
  it('never loosens, moves by a step at least, and is rebuilt after any loss', () => {
    fc.assert(
      fc.property(trailing, fc.constantFrom('long', 'short'), fc.constantFrom(2, null), fc.array(minute, { maxLength: 30 }), (rule, positionSide, stopLossPct, minutes) => {
        const rules = { maxHoldMinutes: null, stopLossPct, takeProfitPct: null, trailing: rule };
        let atVenue: VenueStop[] = [];
        let record: ProtectionRecord | null = null;
        let last: string | null = null;
        for (const { mark, loses } of minutes) {
          // One of them is always left: both at once would be the loss of everything.
          if (loses === 'record' && atVenue.length > 0) record = null;
          if (loses === 'stop' && record !== null) atVenue = [];
          const exposure = anExposure({ positionSide, markPrice: String(mark) });
          const trail = trailOf(exposure, atVenue, record);
          const [stop] = wantedStops(exposure, rules, anInstrument(), trail);
          const now = stop === undefined ? null : text(stop.triggerPrice);
          if (last !== null) {
            expect(now).not.toBeNull();
            const gain = positionSide === 'long' ? decimal(now ?? '0').minus(last) : decimal(last).minus(now ?? '0');
            expect(gain.gte('0')).toBe(true);
            // Rounding to the tick may take less than one tick off a step.
            if (!gain.eq('0')) expect(gain.plus('0.1').gte(decimal(last).times(String(rule.stepPct)).times('0.01'))).toBe(true);
          }
          last = now;
          atVenue = stop === undefined ? [] : [{ ...stop, venueStopId: '1', status: 'working', venueOrderId: null, createdAt: 1, updatedAt: 1 }];
          record = {
            summary: '', symbol: 'BTCUSDT', positionSide, openedAt: exposure.openedAt, unprotectedSinceAt: null, reason: null, changedAt: 1,
            resting: stop === undefined ? [] : [{ clientStopId: stop.clientStopId, kind: 'stopLoss', triggerPrice: text(stop.triggerPrice) }],
            bestPrice: text(bestPriceOf(exposure, trail)),
          };
        }
      }),
      { numRuns: 300 },
    );
  });
});
