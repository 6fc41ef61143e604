import { describe, expect, it } from 'vitest';
import { qty } from '../../../../functions/src/domain/money/units.ts';
import { afterCancel, afterLookup, afterPlacement, isTerminal, observed } from '../../../../functions/src/domain/order/order-transitions.ts';
import type { VenueOrderStatus, VenueOutcome } from '../../../../functions/src/domain/order/venue-order.ts';
import { orderRecord, orderStatus } from '../../../../functions/src/schema/records/order.ts';
import type { OrderStatus } from '../../../../functions/src/schema/records/order.ts';
import { aVenueOrder } from '../../../support/builders/a-venue-order.ts';
import { anArmedOrder, anOrderRecord } from '../../../support/builders/an-order-record.ts';
import { NOW } from '../risk/scenario.ts';

const LATER = NOW + 30_000;
const OPEN: readonly OrderStatus[] = ['armed', 'ambiguous', 'working'];
const ENDED: readonly OrderStatus[] = ['filled', 'canceled', 'expired', 'rejected'];
const VENUE_STATUSES: readonly VenueOrderStatus[] = ['new', 'partiallyFilled', 'filled', 'canceled', 'expired', 'rejected'];
const FOLLOWS: Readonly<Record<VenueOrderStatus, OrderStatus>> = {
  new: 'working', partiallyFilled: 'working', filled: 'filled', canceled: 'canceled', expired: 'expired', rejected: 'rejected',
};

const rejected = (code: Extract<VenueOutcome, { kind: 'rejected' }>['code']): VenueOutcome => ({ kind: 'rejected', code, venueCode: '-2019', message: 'no' });
const found = (status: VenueOrderStatus, executed = '0') =>
  ({ kind: 'found', value: aVenueOrder({ status, executedQty: qty(executed) }), asOf: LATER }) as const;
const absentAt = (asOf: number) => ({ kind: 'absent', asOf }) as const;
const each = <A, B>(as: readonly A[], bs: readonly B[]) => as.flatMap((a) => bs.map((b) => [a, b] as const));

describe('isTerminal', () => {
  it('divides all statuses into open and ended', () => {
    expect(orderStatus.options.filter((status) => !isTerminal(status))).toEqual(OPEN);
    expect(orderStatus.options.filter(isTerminal).toSorted()).toEqual([...ENDED, 'absent'].toSorted());
  });
});

describe('observed', () => {
  it.each(each([...OPEN, 'absent'] as const, VENUE_STATUSES))('%s, shown as %s, adopts the word of the venue', (status, shown) => {
    const order = anOrderRecord({ status, venueOrderId: null, ackedAt: null, terminalAt: status === 'absent' ? NOW : null });
    const next = observed(order, aVenueOrder({ status: shown, executedQty: qty('2') }), LATER);
    expect(next).toMatchObject({ status: FOLLOWS[shown], venueOrderId: '900', executedQty: '2', ackedAt: LATER });
    expect(next.terminalAt).toBe(isTerminal(next.status) ? LATER : null);
    expect(orderRecord.parse(next)).toEqual(next);
  });

  it.each(each(ENDED, VENUE_STATUSES))('%s, shown as %s, stays and takes a late fill only', (status, shown) => {
    const order = anOrderRecord({ status, executedQty: '1', terminalAt: NOW });
    expect(observed(order, aVenueOrder({ status: shown, executedQty: qty('2') }), LATER)).toEqual({ ...order, executedQty: '2' });
  });

  it.each(orderStatus.options)('%s never loses executed quantity to an older answer', (status) => {
    const order = anOrderRecord({ status, executedQty: '3' });
    expect(observed(order, aVenueOrder({ status: 'partiallyFilled', executedQty: qty('1') }), LATER).executedQty).toBe('3');
  });

  it('keeps the time of the first acknowledgement', () => {
    expect(observed(anOrderRecord({ ackedAt: NOW }), aVenueOrder(), LATER).ackedAt).toBe(NOW);
  });
});

describe('afterPlacement of an armed order', () => {
  it.each<[string, VenueOutcome, OrderStatus, string | null]>([
    ['accepted', { kind: 'accepted', order: aVenueOrder() }, 'working', null],
    ['accepted and filled at once', { kind: 'accepted', order: aVenueOrder({ status: 'filled' }) }, 'filled', 'venue: filled'],
    ['refused for taking', rejected('wouldTake'), 'rejected', 'wouldTake: -2019 no'],
    ['refused for margin', rejected('insufficientMargin'), 'rejected', 'insufficientMargin: -2019 no'],
    ['a duplicate id: an earlier send arrived', rejected('duplicateClientOrderId'), 'ambiguous', 'duplicate client order id'],
    ['not placed', { kind: 'notPlaced', cause: 'throttled', retryAfterMs: 1500 }, 'absent', 'throttled'],
    ['refused by the write gate', { kind: 'refusedByWriteGate', reason: 'closed' }, 'rejected', 'writeGate: closed'],
    ['unclear', { kind: 'ambiguous', cause: 'timeout' }, 'ambiguous', 'timeout'],
  ])('%s', (_title, outcome, status, statusReason) => {
    const next = afterPlacement(anArmedOrder(), outcome, LATER);
    expect(next).toMatchObject({ status, statusReason, terminalAt: isTerminal(status) ? LATER : null });
    expect(orderRecord.parse(next)).toEqual(next);
  });

  it('remembers how long the venue asked us to wait', () => {
    const next = afterPlacement(anArmedOrder(), { kind: 'notPlaced', cause: 'throttled', retryAfterMs: 1500 }, LATER);
    expect(next.retryAfterAt).toBe(LATER + 1500);
  });
});

describe('afterPlacement of an order of which more is known by now', () => {
  const late: readonly VenueOutcome[] = [
    rejected('wouldTake'),
    rejected('duplicateClientOrderId'),
    { kind: 'notPlaced', cause: 'throttled', retryAfterMs: 1 },
    { kind: 'refusedByWriteGate', reason: 'closed' },
    { kind: 'ambiguous', cause: 'timeout' },
  ];
  const known = orderStatus.options.filter((status) => status !== 'armed');

  it.each(each(known, late).map(([status, outcome]) => [status, outcome.kind, outcome] as const))('%s is not undone by %s', (status, _kind, outcome) => {
    const order = anOrderRecord({ status, executedQty: '1' });
    expect(afterPlacement(order, outcome, LATER)).toEqual(order);
  });

  it('adopts an acceptance even after absence seemed proven', () => {
    const absent = anOrderRecord({ status: 'absent', terminalAt: NOW });
    expect(afterPlacement(absent, { kind: 'accepted', order: aVenueOrder() }, LATER)).toMatchObject({ status: 'working', terminalAt: null });
  });
});

describe('afterLookup', () => {
  it.each(['armed', 'ambiguous'] as const)('proves nothing about an order %s that is absent before its request has become invalid', (status) => {
    const order = anArmedOrder({ status });
    expect(afterLookup(order, absentAt(order.invalidAfterAt - 1), LATER)).toEqual(order);
    expect(afterLookup(order, absentAt(order.invalidAfterAt), LATER)).toMatchObject({ status: 'absent', terminalAt: LATER });
  });

  it('goes by when the venue was asked, not by when the answer is read', () => {
    const order = anArmedOrder();
    expect(afterLookup(order, absentAt(order.invalidAfterAt - 1), order.invalidAfterAt + 60_000).status).toBe('armed');
  });

  it.each(orderStatus.options.filter((status) => status !== 'armed' && status !== 'ambiguous'))('never takes back a status of %s for absence', (status) => {
    const order = anOrderRecord({ status, executedQty: '1' });
    expect(afterLookup(order, absentAt(LATER), LATER)).toEqual(order);
  });

  it('ends an order that the venue had and has forgotten, which it cannot have done any sooner', () => {
    const order = anOrderRecord({ executedQty: '2', bookedQty: '1' });
    const forgottenAt = order.armedAt + (3 * 24 + 1) * 3_600_000;
    expect(afterLookup(order, absentAt(forgottenAt - 1), forgottenAt + 60_000)).toEqual(order);
    const next = afterLookup(order, absentAt(forgottenAt), forgottenAt + 60_000);
    expect(next).toEqual({ ...order, status: 'canceled', statusReason: expect.stringContaining('no longer at the venue'), terminalAt: forgottenAt + 60_000 });
    expect(orderRecord.parse(next)).toEqual(next);
  });

  it.each(orderStatus.options)('leaves an order that is %s alone when the venue does not answer', (status) => {
    const order = anOrderRecord({ status });
    expect(afterLookup(order, { kind: 'unavailable', cause: 'timeout' }, LATER)).toEqual(order);
  });

  it.each(VENUE_STATUSES)('adopts an order found %s', (shown) => {
    expect(afterLookup(anArmedOrder({ status: 'ambiguous' }), found(shown, '1'), LATER)).toMatchObject({ status: FOLLOWS[shown], executedQty: '1' });
  });
});

describe('afterCancel', () => {
  it('ends the order when the venue says so, with what had filled', () => {
    const outcome = { kind: 'canceled', order: aVenueOrder({ status: 'canceled', executedQty: qty('1') }) } as const;
    expect(afterCancel(anOrderRecord(), outcome, LATER)).toMatchObject({ status: 'canceled', executedQty: '1', cancelRequestedAt: LATER });
  });

  it.each([
    { kind: 'unknownOrder' },
    { kind: 'ambiguous', cause: 'timeout' },
    { kind: 'refusedByWriteGate', reason: 'closed' },
  ] as const)('concludes nothing from $kind but notes that it asked', (outcome) => {
    const order = anOrderRecord();
    expect(afterCancel(order, outcome, LATER)).toEqual({ ...order, cancelRequestedAt: LATER });
  });
});
