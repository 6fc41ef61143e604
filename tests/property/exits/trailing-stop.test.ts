import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trailOf, wantedStops } from '../../../functions/src/domain/exits/wanted-stops.ts';
import { bestPriceOf } from '../../../functions/src/domain/exits/trailing-stop.ts';
import { decimal, text } from '../../../functions/src/domain/money/decimal.ts';
import type { VenueStop } from '../../../functions/src/domain/order/protective-stop.ts';
import type { TrailingRules } from '../../../functions/src/schema/config/strategies-config.ts';
import type { ProtectionRecord } from '../../../functions/src/schema/records/protection.ts';
import type { PositionSide } from '../../../functions/src/schema/scalars.ts';
import { anExposure } from '../../support/builders/an-exposure.ts';
import { anInstrument } from '../../unit/domain/risk/scenario.ts';

const trailing = fc.record({
  activationPct: fc.integer({ min: 0, max: 30 }).map((tenths) => tenths / 10),
  distancePct: fc.integer({ min: 1, max: 30 }).map((tenths) => tenths / 10),
  stepPct: fc.integer({ min: 1, max: 10 }).map((tenths) => tenths / 10),
});

/** What a minute brings: a mark, and perhaps the loss of the record or of the stop at the venue. */
const minute = fc.record({ mark: fc.integer({ min: 95_000, max: 108_000 }), loses: fc.constantFrom('nothing', 'nothing', 'record', 'stop') });

interface Walk {
  readonly rule: TrailingRules;
  readonly positionSide: PositionSide;
  readonly stopLossPct: number | null;
  readonly minutes: readonly { readonly mark: number; readonly loses: string }[];
}

/** Where the stop stood after each minute; null before there was one. */
function walked({ rule, positionSide, stopLossPct, minutes }: Walk): readonly (string | null)[] {
  const rules = { maxHoldMinutes: null, stopLossPct, takeProfitPct: null, trailing: rule };
  let atVenue: VenueStop[] = [];
  let record: ProtectionRecord | null = null;
  const places: (string | null)[] = [];
  for (const { mark, loses } of minutes) {
    // One of them is always left: both at once would be the loss of everything.
    if (loses === 'record' && atVenue.length > 0) record = null;
    if (loses === 'stop' && record !== null) atVenue = [];
    const exposure = anExposure({ positionSide, markPrice: String(mark) });
    const trail = trailOf(exposure, atVenue, record);
    const [stop] = wantedStops(exposure, rules, anInstrument(), trail);
    places.push(stop === undefined ? null : text(stop.triggerPrice));
    atVenue = stop === undefined ? [] : [{ ...stop, venueStopId: '1', status: 'working', venueOrderId: null, createdAt: 1, updatedAt: 1 }];
    record = {
      summary: '', symbol: 'BTCUSDT', positionSide, openedAt: exposure.openedAt, unprotectedSinceAt: null, reason: null, changedAt: 1,
      resting: stop === undefined ? [] : [{ clientStopId: stop.clientStopId, kind: 'stopLoss', triggerPrice: text(stop.triggerPrice) }],
      sent: stop === undefined ? [] : [stop.clientStopId],
      bestPrice: text(bestPriceOf(exposure, trail)),
    };
  }
  return places;
}

/** A move that loosens, or is smaller than a step; rounding to the tick may take less than one tick off it. */
function isBad({ rule, positionSide }: Walk, before: string, after: string | null): boolean {
  if (after === null) return true;
  const gain = positionSide === 'long' ? decimal(after).minus(before) : decimal(before).minus(after);
  return !gain.eq('0') && gain.plus('0.1').lt(decimal(before).times(String(rule.stepPct)).times('0.01'));
}

describe('a trailing stop', () => {
  it('never loosens, moves by a step at least, and is rebuilt after any loss', () => {
    const walk: fc.Arbitrary<Walk> = fc.record({
      rule: trailing,
      positionSide: fc.constantFrom('long', 'short'),
      stopLossPct: fc.constantFrom(2, null),
      minutes: fc.array(minute, { maxLength: 30 }),
    });
    fc.assert(
      fc.property(walk, (taken) => {
        const places = walked(taken);
        const bad = places.flatMap((before, index) => {
          const after = places[index + 1];
          return before !== null && after !== undefined && isBad(taken, before, after) ? [`${before} to ${after}`] : [];
        });
        expect(bad).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
