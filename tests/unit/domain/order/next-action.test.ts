import { describe, expect, it } from 'vitest';
import { ended, nextAction, remainingQty } from '../../../../functions/src/domain/order/next-action.ts';
import type { NextAction, Progress } from '../../../../functions/src/domain/order/next-action.ts';
import type { RoutingRules } from '../../../../functions/src/domain/order/routing-rules.ts';
import { text } from '../../../../functions/src/domain/money/decimal.ts';
import type { IntentRecord } from '../../../../functions/src/schema/records/intent.ts';
import type { OrderRecord } from '../../../../functions/src/schema/records/order.ts';
import { anEndedAttempt, anExit, anIntent } from '../../../support/builders/an-intent.ts';
import { aTakerOrder, anArmedOrder, anOrderRecord } from '../../../support/builders/an-order-record.ts';
import { aPolicy } from '../../../support/builders/a-policy.ts';
import { routing } from '../../../support/builders/routing.ts';
import { NOW } from '../risk/scenario.ts';

const FRESH: Progress = { lookedUpAt: null, bookedAt: null };
const JUST_LOOKED: Progress = { lookedUpAt: NOW, bookedAt: null };

interface At {
  readonly now?: number;
  readonly progress?: Progress;
  readonly rules?: Partial<RoutingRules>;
}

function next(intent: IntentRecord, order: OrderRecord, { now = NOW, progress = FRESH, rules = {} }: At = {}): NextAction {
  return nextAction(intent, order, progress, now, routing(rules));
}

describe('nextAction while the fate of the attempt is open', () => {
  it.each([
    ['armed, by a worker that may have crashed while sending', anArmedOrder()],
    ['ambiguous', anArmedOrder({ status: 'ambiguous' })],
    ['working', anOrderRecord()],
  ])('looks it up when it is %s', (_title, order) => {
    expect(next(anIntent(), order)).toEqual({ kind: 'lookUp' });
  });

  it.each(['armed', 'ambiguous'] as const)('still only looks an %s order up long after the intent has expired', (status) => {
    expect(next(anIntent(), anArmedOrder({ status }), { now: NOW + 3_600_000, progress: JUST_LOOKED })).toEqual({ kind: 'lookUp' });
  });

  it('looks again after the poll interval and waits until then', () => {
    expect(next(anIntent(), anOrderRecord(), { now: NOW + 4999, progress: JUST_LOOKED })).toEqual({ kind: 'wait', untilAt: NOW + 5000 });
    expect(next(anIntent(), anOrderRecord(), { now: NOW + 5000, progress: JUST_LOOKED })).toEqual({ kind: 'lookUp' });
  });

  it('wakes up for the end of the rest, not later', () => {
    const order = anOrderRecord({ restUntilAt: NOW + 2000 });
    expect(next(anIntent(), order, { now: NOW + 1, progress: JUST_LOOKED })).toEqual({ kind: 'wait', untilAt: NOW + 2000 });
  });
});

describe('nextAction on cancelling', () => {
  it.each([
    ['before its rest is over', anOrderRecord(), NOW + 19_999, 'lookUp'],
    ['when its rest is over', anOrderRecord(), NOW + 20_000, 'cancel'],
    ['a taker that still works when the intent expires', aTakerOrder(), NOW + 60_000, 'cancel'],
    ['a taker before that', aTakerOrder(), NOW + 59_999, 'lookUp'],
    ['soon after it has asked', anOrderRecord({ cancelRequestedAt: NOW + 20_000 }), NOW + 24_999, 'lookUp'],
    ['again a poll interval after it has asked', anOrderRecord({ cancelRequestedAt: NOW + 20_000 }), NOW + 25_000, 'cancel'],
    ['an order that may not be there', anArmedOrder(), NOW + 20_000, 'lookUp'],
    ['an order with trades it could not book yet', anOrderRecord({ executedQty: '2' }), NOW + 20_000, 'cancel'],
  ])('%s', (_title, order, now, kind) => {
    expect(next(anIntent(), order, { now }).kind).toBe(kind);
  });

  it.each([
    ['cancels what rests', anOrderRecord(), 'cancel'],
    ['lets a taker work', aTakerOrder(), 'lookUp'],
  ])('of an urgent intent %s before its time is up', (_title, order, kind) => {
    expect(next(anExit({ isUrgent: true }), order)).toEqual({ kind });
  });
});

describe('nextAction on booking', () => {
  it.each(['working', 'filled', 'canceled', 'expired', 'absent'] as const)('books before it does anything else for an order %s with unbooked fills', (status) => {
    const order = anOrderRecord({ status, executedQty: '2', bookedQty: '1' });
    expect(next(anIntent({ executedQty: '1' }), order)).toEqual({ kind: 'bookFills' });
  });

  it('asks for missing trades once per poll interval, also past the rest of a maker that has ended', () => {
    const order = anOrderRecord({ status: 'canceled', executedQty: '2' });
    const progress = { lookedUpAt: null, bookedAt: NOW };
    expect(next(anIntent(), order, { progress, now: NOW + 1 })).toEqual({ kind: 'wait', untilAt: NOW + 5000 });
    expect(next(anIntent(), order, { progress, now: NOW + 5000 })).toEqual({ kind: 'bookFills' });
  });
});

const settled = (status: 'settled' | 'expired' | 'failed', reason: string) => ({ kind: 'settle', status, reason }) as const;
const arm = (leg: 'maker' | 'taker', slice = 1) => ({ kind: 'arm', leg, slice }) as const;
const maker = (status: OrderRecord['status'], changes: Partial<OrderRecord> = {}) => anOrderRecord({ status, terminalAt: NOW, ...changes });
const taker = (status: OrderRecord['status'], changes: Partial<OrderRecord> = {}) => aTakerOrder({ status, terminalAt: NOW, ...changes });

const unheard = (attempts: number) =>
  anExit({ attempts, endedAttempts: Array.from({ length: attempts - 1 }, () => anEndedAttempt({ leg: 'taker', status: 'absent' })) });

describe('nextAction after an attempt has ended', () => {
  it.each<[string, IntentRecord, OrderRecord, NextAction]>([
    ['everything filled', anIntent({ executedQty: '5' }), maker('filled', { executedQty: '5', bookedQty: '5' }), settled('settled', 'filled')],
    ['more filled than wanted', anIntent({ executedQty: '6' }), maker('filled', { executedQty: '6', bookedQty: '6' }), settled('settled', 'filled')],
    ['a maker has rested long enough', anIntent(), maker('canceled'), arm('taker')],
    ['a maker has rested and partly filled', anIntent({ executedQty: '2' }), maker('canceled', { executedQty: '2', bookedQty: '2' }), arm('taker')],
    ['a maker was refused for taking', anIntent(), maker('rejected', { statusReason: 'wouldTake: -5022 no' }), arm('maker')],
    ['a maker expired as it would have taken', anIntent(), maker('expired'), arm('maker')],
    ['a maker was refused for another reason', anIntent(), maker('rejected', { statusReason: 'filter: -1111' }), settled('failed', 'filter: -1111')],
    ['a resting exit was refused for another reason', anIntent({ purpose: 'close', side: 'sell' }), maker('rejected', { statusReason: 'filter: -1111' }), arm('taker')],
    ['a taking exit was refused for good', anExit(), taker('rejected', { statusReason: 'other: -1102 no' }), settled('failed', 'other: -1102 no')],
    ['a taking exit was refused by the write gate', anExit(), taker('rejected', { statusReason: 'writeGate: closed' }), settled('failed', 'writeGate: closed')],
    ['a taking entry was refused by a price band', anIntent(), taker('rejected', { statusReason: 'filter: -4024 no' }), settled('failed', 'filter: -4024 no')],
    ['a taking exit was refused as too large', anIntent({ purpose: 'close', side: 'sell' }), taker('rejected', { statusReason: 'reduceRejected: -2022' }), arm('taker')],
    ['a taking exit was refused as too large once more', anIntent({ purpose: 'close', side: 'sell', endedAttempts: [anEndedAttempt({ status: 'rejected', statusReason: 'reduceRejected: -2022' })] }), taker('rejected', { statusReason: 'reduceRejected: -2022' }), settled('failed', 'reduceRejected: -2022')],
    ['a maker never reached the venue', anIntent(), maker('absent'), arm('maker')],
    ['a taker never reached the venue', anIntent(), taker('absent'), arm('taker')],
    ['an entry taker found no liquidity', anIntent(), taker('expired'), settled('expired', 'expired')],
    ['an entry taker filled in part', anIntent({ executedQty: '1' }), taker('expired', { executedQty: '1', bookedQty: '1' }), settled('settled', 'expired')],
    ['an entry was capped by the largest order', anIntent({ executedQty: '1' }), taker('filled', { executedQty: '1', bookedQty: '1' }), settled('settled', 'filled')],
    ['an exit taker found no liquidity', anExit(), taker('expired'), arm('taker')],
    ['an exit was capped by the largest order', anExit({ executedQty: '1' }), taker('filled', { executedQty: '1', bookedQty: '1' }), arm('taker')],
    ['somebody else cancelled a taker', anIntent(), taker('canceled', { statusReason: 'venue: canceled' }), settled('expired', 'venue: canceled')],
    ['the write gate refused', anIntent(), maker('rejected', { statusReason: 'writeGate: closed' }), settled('failed', 'writeGate: closed')],
    ['a rejection after part has filled', anIntent({ executedQty: '1' }), taker('rejected', { statusReason: 'filter' }), settled('settled', 'filter')],
  ])('%s', (_title, intent, order, action) => {
    expect(next(intent, order)).toEqual(action);
  });

  it.each([
    [0, ['taker']],
    [1, ['maker', 'taker']],
    [3, ['maker', 'maker', 'maker', 'taker']],
  ])('allows %i requotes of a refused maker, then takes', (maxRequotes, legs) => {
    const refusal = { status: 'rejected', statusReason: 'wouldTake: -5022 no' } as const;
    const armed = legs.map((_leg, earlier) => {
      const intent = anIntent({ endedAttempts: Array.from({ length: earlier }, () => anEndedAttempt(refusal)) });
      const action = next(intent, maker('rejected', refusal), { rules: { maxRequotes } });
      return action.kind === 'arm' ? action.leg : action.kind;
    });
    expect(armed).toEqual(legs);
  });

  it('does not count attempts that never reached the venue as requotes', () => {
    const intent = anIntent({ endedAttempts: [anEndedAttempt({ status: 'absent' }), anEndedAttempt({ status: 'absent' })] });
    expect(next(intent, maker('expired'))).toEqual(arm('maker'));
  });

  it('arms nothing once the intent has expired, exits included', () => {
    expect(next(anIntent(), maker('canceled'), { now: NOW + 59_999 })).toEqual(arm('taker'));
    expect(next(anIntent(), maker('canceled'), { now: NOW + 60_000 })).toEqual(settled('expired', 'intent expired'));
    expect(next(anExit(), taker('expired'), { now: NOW + 60_000 })).toEqual(settled('expired', 'intent expired'));
  });

  it('waits for as long as the venue asked', () => {
    const order = maker('absent', { retryAfterAt: NOW + 1500 });
    expect(next(anIntent(), order, { now: NOW + 1499 })).toEqual({ kind: 'wait', untilAt: NOW + 1500 });
    expect(next(anIntent(), order, { now: NOW + 1500 })).toEqual(arm('maker'));
  });

  it('stops after the last attempt allowed', () => {
    expect(next(anIntent({ attempts: 7 }), maker('absent'))).toEqual(arm('maker'));
    expect(next(anIntent({ attempts: 8 }), maker('absent'))).toEqual(settled('expired', 'attempts exhausted'));
    expect(next(anExit({ attempts: 8 }), taker('expired'))).toEqual(settled('expired', 'attempts exhausted'));
  });

  it.each(['filter: -4024 no', 'filter: -4131 no', 'permission: 403 no', 'auth: -2015 no', 'positionModeMismatch: -4061 no', 'tooManyOrders: -2025 no'])(
    'tries an exit again a poll interval after %s, which may pass', (statusReason) => {
      const refused = taker('rejected', { statusReason });
      expect(next(anExit(), refused, { now: NOW + 4999 })).toEqual({ kind: 'wait', untilAt: NOW + 5000 });
      expect(next(anExit(), refused, { now: NOW + 5000 })).toEqual(arm('taker'));
      expect(next(anExit({ attempts: 8 }), refused, { now: NOW + 5000 })).toEqual(settled('expired', 'attempts exhausted'));
    },
  );

  it('goes on with an exit that never reached the venue for as long as it lives, after the first attempts a poll interval apart', () => {
    expect(next(unheard(7), taker('absent'))).toEqual(arm('taker'));
    expect(next(unheard(8), taker('absent'), { now: NOW + 4999 })).toEqual({ kind: 'wait', untilAt: NOW + 5000 });
    expect(next(unheard(99), taker('absent'), { now: NOW + 5000 })).toEqual(arm('taker'));
    expect(next(unheard(100), taker('absent'), { now: NOW + 5000 })).toEqual(settled('expired', 'attempts exhausted'));
    expect(next({ ...unheard(9), expiresAt: NOW + 5000 }, taker('absent'), { now: NOW + 5000 })).toEqual(settled('expired', 'intent expired'));
  });
});

const patient = (changes: Partial<IntentRecord> = {}) => anIntent({ policy: aPolicy({ takerBias: 'prefer_maker' }), ...changes });
const inSlices = (changes: Partial<IntentRecord> = {}) =>
  anIntent({ slicePlan: { slices: 3, sliceQty: '1.6', minQty: '0.5', intervalMs: 30_000 }, expiresAt: NOW + 600_000, ...changes });

describe('nextAction where makers do well', () => {
  it('lets a maker that has rested rest once more, then takes', () => {
    expect(next(patient(), maker('canceled'))).toEqual(arm('maker'));
    expect(next(patient({ endedAttempts: [anEndedAttempt({ status: 'canceled' })] }), maker('canceled'))).toEqual(arm('taker'));
  });

  it('takes at once when another rest would leave no time to', () => {
    expect(next(patient({ expiresAt: NOW + 25_000 }), maker('canceled'))).toEqual(arm('taker'));
    expect(next(patient({ expiresAt: NOW + 25_001 }), maker('canceled'))).toEqual(arm('maker'));
  });
});

describe('nextAction on slices', () => {
  const due = { now: NOW + 30_000 };

  it.each<[string, IntentRecord, OrderRecord, NextAction]>([
    ['a maker of the slice has rested', inSlices(), maker('canceled'), arm('taker', 1)],
    ['the slice has filled', inSlices({ executedQty: '1.6' }), maker('filled', { executedQty: '1.6', bookedQty: '1.6' }), arm('maker', 2)],
    ['so little is left that the next slice takes it along', inSlices({ executedQty: '1.2' }), maker('canceled', { executedQty: '1.2', bookedQty: '1.2' }), arm('maker', 2)],
    ['just enough is left', inSlices({ executedQty: '1.1' }), maker('canceled', { executedQty: '1.1', bookedQty: '1.1' }), arm('taker', 1)],
    ['a taker of the slice found no price', inSlices(), taker('expired'), arm('maker', 2)],
    ['a taker of the slice never arrived', inSlices(), taker('absent'), arm('taker', 1)],
    ['the venue refuses', inSlices(), taker('rejected', { statusReason: 'insufficientMargin: -2019' }), settled('failed', 'insufficientMargin: -2019')],
    ['somebody else cancelled', inSlices({ executedQty: '1' }), taker('canceled', { statusReason: 'venue: canceled', executedQty: '1', bookedQty: '1' }), settled('settled', 'venue: canceled')],
    ['all has filled early', inSlices({ executedQty: '5' }), maker('filled', { executedQty: '5', bookedQty: '5' }), settled('settled', 'filled')],
    ['the last slice found no price', inSlices({ executedQty: '3.2' }), taker('expired', { slice: 3 }), settled('settled', 'expired')],
    ['the last slice has rested with a crumb left', inSlices({ executedQty: '4.9' }), maker('canceled', { slice: 3 }), arm('taker', 3)],
  ])('%s', (_title, intent, order, action) => {
    expect(next(intent, order, due)).toEqual(action);
  });

  it('waits for the time of the next slice, and no longer than the intent lives', () => {
    const filled = maker('filled', { executedQty: '1.6', bookedQty: '1.6' });
    expect(next(inSlices({ executedQty: '1.6' }), filled, { now: NOW + 29_999 })).toEqual({ kind: 'wait', untilAt: NOW + 30_000 });
    expect(next(inSlices({ executedQty: '1.6', expiresAt: NOW + 20_000 }), filled, { now: NOW + 9999 })).toEqual({ kind: 'wait', untilAt: NOW + 20_000 });
    expect(next(inSlices({ executedQty: '1.6', expiresAt: NOW + 20_000 }), filled, { now: NOW + 20_000 })).toEqual(settled('settled', 'intent expired'));
  });

  it('does not skip a slice for being late', () => {
    const filled = maker('filled', { executedQty: '1.6', bookedQty: '1.6' });
    expect(next(inSlices({ executedQty: '1.6' }), filled, { now: NOW + 300_000 })).toEqual(arm('maker', 2));
  });

  it('starts a slice as the policy says', () => {
    const taking = inSlices({ executedQty: '1.6', policy: aPolicy({ takerBias: 'prefer_taker' }) });
    expect(next(taking, taker('filled', { executedQty: '1.6', bookedQty: '1.6' }), due)).toEqual(arm('taker', 2));
  });

  it('counts attempts and requotes by slice', () => {
    const before = Array.from({ length: 7 }, () => anEndedAttempt({ status: 'expired' }));
    const second = inSlices({ attempts: 8, executedQty: '1.6', endedAttempts: before });
    expect(next(second, maker('expired', { slice: 2 }), due)).toEqual(arm('maker', 2));
    expect(next({ ...second, attempts: 15 }, maker('expired', { slice: 2 }), { now: NOW + 60_000 })).toEqual(arm('maker', 3));
  });
});

describe('ended', () => {
  it('settles what has filled at all, however it ended', () => {
    expect(ended(anIntent({ executedQty: '0.001' }), 'failed', 'why')).toEqual(settled('settled', 'why'));
    expect(ended(anIntent(), 'failed', 'why')).toEqual(settled('failed', 'why'));
  });

  it('leaves what is not executed as the remaining quantity', () => {
    expect(text(remainingQty(anIntent({ executedQty: '1.25' })))).toBe('3.75');
  });
});
