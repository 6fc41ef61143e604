import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, isPositive } from '../../../functions/src/domain/money/decimal.ts';
import { price, qty } from '../../../functions/src/domain/money/units.ts';
import { buildAttempt } from '../../../functions/src/domain/order/build-attempt.ts';
import { nextAction } from '../../../functions/src/domain/order/next-action.ts';
import { afterCancel, afterLookup, afterPlacement, isTerminal } from '../../../functions/src/domain/order/order-transitions.ts';
import type { CancelOutcome, RejectCode, VenueOrder, VenueOrderStatus, VenueOutcome } from '../../../functions/src/domain/order/venue-order.ts';
import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import { orderRecord, orderStatus } from '../../../functions/src/schema/records/order.ts';
import type { OrderRecord } from '../../../functions/src/schema/records/order.ts';
import { aVenueOrder } from '../../support/builders/a-venue-order.ts';
import { anEndedAttempt, anIntent } from '../../support/builders/an-intent.ts';
import { anArmedOrder, anOrderRecord } from '../../support/builders/an-order-record.ts';
import { routing } from '../../support/builders/routing.ts';
import { anInstrument, aQuote, NOW } from '../../unit/domain/risk/scenario.ts';
import { thousandths } from '../risk/arbitraries.ts';

const time = fc.integer({ min: NOW, max: NOW + 120_000 });
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

describe('the life of an order', () => {
  it('is closed, loses no execution, and turns no end back but absence', () => {
    fc.assert(
      fc.property(life, (observations) => {
        let order = anArmedOrder();
        for (const [observe, now] of observations) {
          const after = observe(order, now);
          expect(orderRecord.safeParse(after).success).toBe(true);
          expect(decimal(after.executedQty).gte(order.executedQty)).toBe(true);
          if (isTerminal(order.status) && order.status !== 'absent') expect([after.status, after.statusReason, after.terminalAt]).toEqual([order.status, order.statusReason, order.terminalAt]);
          if (order.status === 'working') expect(['armed', 'ambiguous', 'absent', 'rejected'].includes(after.status) && after.statusReason !== 'venue: rejected').toBe(false);
          expect(isTerminal(after.status)).toBe(after.terminalAt !== null);
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

const leg = fc.constantFrom<'maker' | 'taker'>('maker', 'taker');
const endedAttempt = fc
  .record({ leg, status: fc.constantFrom<OrderRecord['status']>('canceled', 'expired', 'rejected', 'absent') })
  .map(anEndedAttempt);

const intent: fc.Arbitrary<IntentRecord> = fc
  .record({
    purpose: fc.constantFrom<IntentRecord['purpose']>('open', 'increase', 'reduce', 'close'),
    side: fc.constantFrom<IntentRecord['side']>('buy', 'sell'),
    executedQty: fc.constantFrom('0', '1.5', '5'),
    attempts: fc.integer({ min: 1, max: 6 }),
    expiresAt: fc.oneof(time, fc.constant(NOW + 200_000)),
    endedAttempts: fc.array(endedAttempt, { maxLength: 4 }),
  })
  .map(anIntent);

const order: fc.Arbitrary<OrderRecord> = fc
  .record({
    leg,
    status: fc.constantFrom(...orderStatus.options),
    statusReason: fc.constantFrom(null, 'wouldTake: -5022 no', 'filter: -1111 no'),
    executedQty: fc.constantFrom('0', '1.5', '5'),
    booked: fc.constantFrom('all', 'all', '0'),
    restUntilAt: fc.option(time),
    retryAfterAt: fc.option(time, { freq: 1 }),
    cancelRequestedAt: fc.option(time),
  })
  .map(({ booked, ...changes }) => anOrderRecord({ ...changes, bookedQty: booked === 'all' ? changes.executedQty : '0' }));

const progress = fc.record({ lookedUpAt: fc.option(time), bookedAt: fc.option(time) });
const rules = fc.record({ maxRequotes: fc.integer({ min: 0, max: 3 }), maxAttempts: fc.integer({ min: 1, max: 8 }) }).map(routing);

describe('the next action, in any state of the records', () => {
  it('arms only when the attempt has ended, every execution is booked, something remains, and time and attempts allow it', () => {
    let arms = 0;
    fc.assert(
      fc.property(intent, order, progress, time, rules, (of, present, asked, now, by) => {
        const action = nextAction(of, present, asked, now, by);
        if (action.kind !== 'arm') return;
        arms += 1;
        expect(isTerminal(present.status)).toBe(true);
        expect(present.bookedQty).toBe(present.executedQty);
        expect(decimal(of.qty).gt(of.executedQty)).toBe(true);
        expect(now).toBeLessThan(of.expiresAt);
        expect(now).toBeGreaterThanOrEqual(present.retryAfterAt ?? 0);
        expect(of.attempts).toBeLessThan(by.maxAttempts);
      }),
      { numRuns: 3000 },
    );
    expect(arms).toBeGreaterThan(100);
  });

  it('settles only when the attempt has ended and every execution is booked', () => {
    fc.assert(
      fc.property(intent, order, progress, time, rules, (of, present, asked, now, by) => {
        const action = nextAction(of, present, asked, now, by);
        if (action.kind !== 'settle') return;
        expect(isTerminal(present.status)).toBe(true);
        expect(present.bookedQty).toBe(present.executedQty);
        expect(action.status === 'settled').toBe(isPositive(decimal(of.executedQty)));
      }),
      { numRuns: 1000 },
    );
  });

  it('asks about an order of unknown fate or waits to ask, whatever the clock says', () => {
    const unknown = order.map((present) => ({ ...present, status: 'ambiguous' as const, executedQty: '0', bookedQty: '0' }));
    fc.assert(
      fc.property(intent, unknown, progress, time, rules, (of, present, asked, now, by) => {
        expect(['lookUp', 'wait']).toContain(nextAction(of, present, asked, now, by).kind);
      }),
    );
  });

  it('waits for a time to come, at most a poll interval or as long as the venue asked', () => {
    fc.assert(
      fc.property(intent, order, progress, time, rules, (of, present, asked, now, by) => {
        const action = nextAction(of, present, asked, now, by);
        if (action.kind !== 'wait') return;
        expect(action.untilAt).toBeGreaterThan(now);
        expect(action.untilAt).toBeLessThanOrEqual(Math.max((asked.lookedUpAt ?? 0) + by.pollMs, (asked.bookedAt ?? 0) + by.pollMs, present.retryAfterAt ?? 0));
      }),
      { numRuns: 1000 },
    );
  });
});

const quote = fc.tuple(fc.integer({ min: 10, max: 5000 }), fc.integer({ min: -2, max: 30 })).map(([bid, spread]) =>
  aQuote({ bid: price((bid / 10).toFixed(1)), ask: price((Math.max(1, bid + spread) / 10).toFixed(1)) }),
);
const attemptRules = fc.record({ makerOffsetTicks: fc.integer({ min: 0, max: 20 }), takerCollarBps: fc.constantFrom(0.5, 3.3, 10, 100) }).map(routing);

describe('an attempt, in any market', () => {
  it('rests at or behind the best price of its side, on the tick and short of the other side', () => {
    fc.assert(
      fc.property(intent, quote, attemptRules, (of, market, by) => {
        const built = buildAttempt(of, 'maker', decimal('5'), anInstrument(), market, NOW, by);
        if (built.kind === 'unbuildable') return;
        const at = decimal(built.order.price ?? '0');
        const [own, other] = of.side === 'buy' ? [market.bid, market.ask] : [market.ask, market.bid];
        expect(of.side === 'buy' ? at.lte(own) && at.lt(other) : at.gte(own) && at.gt(other)).toBe(true);
        expect(built.order.price).toMatch(/^\d+(\.\d)?$/);
      }),
    );
  });

  it('never takes at a price worse than the collar, nor more than is wanted', () => {
    fc.assert(
      fc.property(intent, quote, attemptRules, thousandths(1, 9000), (of, market, by, wanted) => {
        const built = buildAttempt(of, 'taker', decimal(wanted), anInstrument(), market, NOW, by);
        if (built.kind === 'unbuildable') return;
        expect(decimal(built.order.qty).lte(wanted)).toBe(true);
        if (built.order.price === null) return;
        const best = of.side === 'buy' ? market.ask : market.bid;
        const slack = best.times(String(by.takerCollarBps)).times('0.0001');
        expect(of.side === 'buy' ? best.plus(slack).gte(built.order.price) : best.minus(slack).lte(built.order.price)).toBe(true);
      }),
    );
  });
});
