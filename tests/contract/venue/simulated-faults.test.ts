import { describe, expect, test } from 'vitest';
import { createSimulatedVenue } from '../../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import type { Fault, FaultPhase, VenueCall } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import { T0, testExchange } from '../../unit/domain/matching/exchange-builder.ts';
import { found, limitOrder, marketOrder } from './order-requests.ts';
import { stopLoss } from './stop-requests.ts';

const REF = { symbol: 'BTCUSDT', clientOrderId: 'pc-test-0-1' };
const STOP = { symbol: 'BTCUSDT', clientStopId: 'pc-stop-1' };

interface Faulty {
  readonly venue: Venue;
  readonly clock: { now: number };
}

/** One fault at one place of one kind of call, every time. */
function faultyVenue(fault: Fault, at: { readonly call: VenueCall; readonly phase: FaultPhase }): Faulty {
  const clock = { now: T0 };
  const venue = createSimulatedVenue({
    exchange: testExchange().exchange,
    clock: { now: () => clock.now, sleep: () => Promise.resolve() },
    candles: () => [],
    fault: (call, phase) => (call === at.call && phase === at.phase ? fault : 'none'),
  });
  return { venue, clock };
}

describe('the fault plan of the simulated venue', () => {
  test('an order that fails before it is executed is certainly not placed', async () => {
    const { venue } = faultyVenue('error', { call: 'place', phase: 'before' });
    expect(await venue.place(limitOrder())).toMatchObject({ kind: 'notPlaced', retryAfterMs: 1000 });
    expect((await venue.findOrder(REF)).kind).toBe('absent');
  });

  test.each<Fault>(['lost', 'error'])('an order whose answer is %s afterwards is ambiguous and there', async (fault) => {
    const { venue } = faultyVenue(fault, { call: 'place', phase: 'after' });
    expect((await venue.place(limitOrder())).kind).toBe('ambiguous');
    expect((await venue.findOrder(REF)).kind).toBe('found');
  });

  test('a cancel that fails before it is executed is ambiguous and leaves the order open', async () => {
    const { venue } = faultyVenue('error', { call: 'cancel', phase: 'before' });
    await venue.place(limitOrder());
    expect((await venue.cancel(REF)).kind).toBe('ambiguous');
    expect(found(await venue.findOrder(REF)).status).toBe('new');
  });

  test('a late order is absent until the end of its receive window and then there once', async () => {
    const { venue, clock } = faultyVenue('late', { call: 'place', phase: 'before' });
    expect((await venue.place(limitOrder())).kind).toBe('ambiguous');
    clock.now = T0 + venue.receiveWindowMs - 1;
    expect((await venue.findOrder(REF)).kind).toBe('absent');
    clock.now = T0 + venue.receiveWindowMs;
    expect((await venue.findOrder(REF)).kind).toBe('found');
    expect(found(await venue.openOrders())).toHaveLength(1);
  });

  test('a late stop is absent until the end of its receive window and then there once', async () => {
    const { venue, clock } = faultyVenue('late', { call: 'placeStop', phase: 'before' });
    await venue.place(marketOrder());
    expect((await venue.placeStop(stopLoss())).kind).toBe('ambiguous');
    clock.now = T0 + venue.receiveWindowMs - 1;
    expect((await venue.findStop(STOP)).kind).toBe('absent');
    clock.now = T0 + venue.receiveWindowMs;
    expect((await venue.findStop(STOP)).kind).toBe('found');
    expect(found(await venue.openStops())).toHaveLength(1);
  });

  test('a stop that fails before it is executed is certainly not placed, its cancel ambiguous', async () => {
    const { venue } = faultyVenue('error', { call: 'placeStop', phase: 'before' });
    await venue.place(marketOrder());
    expect(await venue.placeStop(stopLoss())).toMatchObject({ kind: 'notPlaced', retryAfterMs: 1000 });
    const { venue: other } = faultyVenue('error', { call: 'cancelStop', phase: 'before' });
    expect((await other.cancelStop(STOP)).kind).toBe('ambiguous');
  });

  test('an order sent after its receive window never arrives, late or not', async () => {
    const { venue, clock } = faultyVenue('late', { call: 'place', phase: 'before' });
    clock.now = T0 + venue.receiveWindowMs + 1;
    expect((await venue.place(limitOrder())).kind).toBe('notPlaced');
    clock.now = T0 + 60_000;
    expect((await venue.findOrder(REF)).kind).toBe('absent');
  });

  test.each<Fault>(['lost', 'error', 'late'])('a read that is %s is unavailable', async (fault) => {
    const { venue } = faultyVenue(fault, { call: 'openOrders', phase: 'before' });
    expect((await venue.openOrders()).kind).toBe('unavailable');
  });
});
