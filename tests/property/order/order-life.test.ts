import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../functions/src/domain/money/decimal.ts';
import { qty } from '../../../functions/src/domain/money/units.ts';
import { afterCancel, afterLookup, afterPlacement, isTerminal } from '../../../functions/src/domain/order/order-transitions.ts';
import type { CancelOutcome, RejectCode, VenueOrder, VenueOrderStatus, VenueOutcome } from '../../../functions/src/domain/order/venue-order.ts';
import { orderRecord } from '../../../functions/src/schema/records/order.ts';
import type { OrderRecord } from '../../../functions/src/schema/records/order.ts';
import { aVenueOrder } from '../../support/builders/a-venue-order.ts';
import { anArmedOrder } from '../../support/builders/an-order-record.ts';
import { thousandths } from '../risk/arbitraries.ts';
import { time } from './arbitraries.ts';

const cause = fc.constantFrom('timeout', 'reset');

const venueOrder: fc.Arbitrary<VenueOrder> = fc
  .record({ status: fc.constantFrom<VenueOrderStatus>('new', 'partiallyFilled', 'filled', 'canceled', 'expired', 'rejected'), executed: thousandths(0, 5000) })
  .map(({ status, executed }) => aVenueOrder({ status, executedQty: qty(executed) }));

const code = fc.constantFrom<RejectCode>('wouldTake', 'insufficientMargin', 'duplicateClientOrderId', 'filter', 'other');
const placement: fc.Arbitrary<VenueOutcome> = fc.oneof(
  venueOrder.map((order): VenueOutcome => ({ kind: 'accepted', order })),
  code.map((of): VenueOutcome => ({ kind: 'rejected', code: of, venueCode: '-1', message: '' })),
  cause.map((of): VenueOutcome => ({ kind: 'ambiguous', cause: of })),
  cause.map((of): VenueOutcome => ({ kind: 'notPlaced', cause: of, retryAfterMs: 1000 })),
  fc.constant<VenueOutcome>({ kind: 'refusedByWriteGate', reason: 'closed' }),
);
const cancel: fc.Arbitrary<CancelOutcome> = fc.oneof(
  venueOrder.map((order): CancelOutcome => ({ kind: 'canceled', order })),
  fc.constant<CancelOutcome>({ kind: 'unknownOrder' }),
  cause.map((of): CancelOutcome => ({ kind: 'ambiguous', cause: of })),
);

type Observation = (order: OrderRecord, now: number) => OrderRecord;

/** Whatever the venue can tell of an order, at any time and in any order. */
const observation: fc.Arbitrary<Observation> = fc.oneof(
  placement.map((outcome): Observation => (order, now) => afterPlacement(order, outcome, now)),
  cancel.map((outcome): Observation => (order, now) => afterCancel(order, outcome, now)),
  venueOrder.map((value): Observation => (order, now) => afterLookup(order, { kind: 'found', value, asOf: now }, now)),
  cause.map((of): Observation => (order, now) => afterLookup(order, { kind: 'unavailable', cause: of }, now)),
  fc.integer({ min: 0, max: 20_000 }).map((agoMs): Observation => (order, now) => afterLookup(order, { kind: 'absent', asOf: now - agoMs }, now)),
);

const life = fc.array(fc.tuple(observation, time), { minLength: 1, maxLength: 12 });

/** What no single observation may do to a record. */
function wrongsOf(before: OrderRecord, after: OrderRecord): string[] {
  const ended = isTerminal(before.status) && before.status !== 'absent';
  const wrongs: readonly (readonly [string, boolean])[] = [
    ['it is no record', !orderRecord.safeParse(after).success],
    ['it lost executed quantity', decimal(after.executedQty).lt(before.executedQty)],
    ['its end was changed', ended && (after.status !== before.status || after.statusReason !== before.statusReason || after.terminalAt !== before.terminalAt)],
    ['it was forgotten that the venue has it', before.status === 'working' && ['armed', 'ambiguous', 'absent'].includes(after.status)],
    ['its end has no time, or its time no end', isTerminal(after.status) !== (after.terminalAt !== null)],
    ['its identity changed', after.clientOrderId !== before.clientOrderId || after.qty !== before.qty || after.bookedQty !== before.bookedQty],
  ];
  return wrongs.flatMap(([wrong, happened]) => (happened ? [wrong] : []));
}

describe('the life of an order', () => {
  it('is closed, loses no execution, and turns no end back but absence', () => {
    fc.assert(
      fc.property(life, (observations) => {
        let order = anArmedOrder();
        for (const [observe, now] of observations) {
          const after = observe(order, now);
          expect(wrongsOf(order, after)).toEqual([]);
          order = after;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('does not change when the same observation is made again', () => {
    fc.assert(
      fc.property(life, observation, time, (observations, last, now) => {
        const before = observations.reduce((order, [observe, at]) => observe(order, at), anArmedOrder());
        const once = last(before, now);
        expect(last(once, now)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });
});
