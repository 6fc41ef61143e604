import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, isPositive } from '../../../functions/src/domain/money/decimal.ts';
import { isExiting } from '../../../functions/src/domain/intent/is-exiting.ts';
import { nextAction } from '../../../functions/src/domain/order/next-action.ts';
import { isTerminal } from '../../../functions/src/domain/order/order-transitions.ts';
import { sliceCount, sliceDueAt } from '../../../functions/src/domain/routing/slices.ts';
import { routing } from '../../support/builders/routing.ts';
import { intent, order, time } from './arbitraries.ts';

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
        const isOnward = action.slice === present.slice + 1;
        expect(isOnward ? now >= sliceDueAt(of, action.slice) : action.slice === present.slice).toBe(true);
        expect(action.slice).toBeLessThanOrEqual(Math.max(sliceCount(of), present.slice));
        const earlier = of.endedAttempts.filter((attempt) => attempt.slice < action.slice).length;
        const unheard = isExiting(of) ? [...of.endedAttempts.filter(({ slice }) => slice === action.slice), present].filter(({ status }) => status === 'absent').length : 0;
        expect(isOnward || of.attempts - earlier - unheard < by.maxAttempts).toBe(true);
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

  it('waits for a time to come, at most a poll interval, as long as the venue asked or until the next slice', () => {
    fc.assert(
      fc.property(intent, order, progress, time, rules, (of, present, asked, now, by) => {
        const action = nextAction(of, present, asked, now, by);
        if (action.kind !== 'wait') return;
        expect(action.untilAt).toBeGreaterThan(now);
        expect(action.untilAt).toBeLessThanOrEqual(Math.max((asked.lookedUpAt ?? 0) + by.pollMs, (asked.bookedAt ?? 0) + by.pollMs, present.retryAfterAt ?? 0, (present.terminalAt ?? now) + by.pollMs, sliceDueAt(of, present.slice + 1)));
      }),
      { numRuns: 1000 },
    );
  });
});
