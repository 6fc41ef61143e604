import { beforeEach, describe, expect, test } from 'vitest';
import { price, qty } from '../../../functions/src/domain/money/units.ts';
import type { StopRequest } from '../../../functions/src/domain/order/protective-stop.ts';
import type { RejectCode } from '../../../functions/src/domain/order/venue-order.ts';
import { T0 } from '../../unit/domain/matching/exchange-builder.ts';
import { accepted, found, marketOrder } from './order-requests.ts';
import { resting, stopLoss, takeProfit } from './stop-requests.ts';
import type { UseHarness } from './venue-contract.ts';

const REF = { symbol: 'BTCUSDT', clientStopId: 'pc-stop-1' };

export function stopsContract(use: UseHarness): void {
  describe('a protective stop for a long', () => {
    beforeEach(async () => {
      accepted(await use().venue.place(marketOrder()));
    });

    test('is placed, found as it was placed, listed, and cancelled', async () => {
      const { venue } = use();
      const placed = resting(await venue.placeStop(stopLoss()));
      expect(placed).toEqual({
        ...REF,
        venueStopId: expect.stringMatching(/^83897650000000000\d\d$/),
        positionSide: 'long',
        kind: 'stopLoss',
        triggerPrice: price('49000'),
        status: 'working',
        venueOrderId: null,
        createdAt: T0,
        updatedAt: T0,
      });
      expect(await venue.findStop(REF)).toEqual({ kind: 'found', value: placed, asOf: T0 });
      expect(found(await venue.openStops())).toEqual([placed]);

      expect(await venue.cancelStop(REF)).toEqual({ kind: 'canceled' });
      expect(found(await venue.findStop(REF)).status).toBe('canceled');
      expect(found(await venue.openStops())).toEqual([]);
    });

    test('is no order yet: it takes no margin and is not among the orders', async () => {
      const { venue } = use();
      const before = found(await venue.account()).balances;
      await venue.placeStop(stopLoss());
      expect(found(await venue.openOrders())).toEqual([]);
      expect((await venue.findOrder({ symbol: 'BTCUSDT', clientOrderId: 'pc-stop-1' })).kind).toBe('absent');
      expect(found(await venue.account()).balances).toEqual(before);
    });

    test('rests beside a take profit', async () => {
      const { venue } = use();
      await venue.placeStop(stopLoss());
      await venue.placeStop(takeProfit());
      expect(found(await venue.openStops()).map(({ kind, positionSide }) => `${kind} ${positionSide}`)).toEqual(['stopLoss long', 'takeProfit long']);
    });

    test('makes room for another price once it is cancelled', async () => {
      const { venue } = use();
      await venue.placeStop(stopLoss());
      await venue.cancelStop(REF);
      resting(await venue.placeStop(stopLoss({ clientStopId: 'pc-stop-2', at: '49500' })));
      expect(found(await venue.openStops()).map(({ clientStopId }) => clientStopId)).toEqual(['pc-stop-2']);
    });

    test.each<[string, StopRequest, RejectCode, string]>([
      ['a stop loss already reached', stopLoss({ at: '50000' }), 'wouldTrigger', '-2021'],
      ['a take profit already reached', takeProfit({ at: '50000' }), 'wouldTrigger', '-2021'],
      ['a stop for the side that is not held', stopLoss({ positionSide: 'short', at: '51000' }), 'positionMissing', '-4509'],
      ['a stop for a symbol that is not held', stopLoss({ symbol: 'ETHUSDT', at: '2900' }), 'positionMissing', '-4509'],
      ['a trigger price off the tick', stopLoss({ at: '49000.05' }), 'filter', '-4014'],
      ['a trigger price of too many places', stopLoss({ at: '49000.123' }), 'filter', '-1111'],
      ['an unknown symbol', stopLoss({ symbol: 'NOPEUSDT' }), 'symbolNotTrading', '-1121'],
    ])('%s is refused and leaves nothing to be found', async (_name, request, code, venueCode) => {
      const { venue } = use();
      expect(await venue.placeStop(request)).toMatchObject({ kind: 'rejected', code, venueCode });
      expect(found(await venue.openStops())).toEqual([]);
      expect(await venue.findStop(request)).toEqual({ kind: 'absent', asOf: T0 });
    });

    test('a second one of its kind is refused, another id or not', async () => {
      const { venue } = use();
      await venue.placeStop(stopLoss());
      expect(await venue.placeStop(stopLoss({ clientStopId: 'pc-stop-2', at: '48000' }))).toMatchObject({ kind: 'rejected', code: 'stopExists', venueCode: '-4130' });
      expect(await venue.placeStop(stopLoss())).toMatchObject({ kind: 'rejected', code: 'duplicateClientOrderId', venueCode: '-4116' });
      expect(found(await venue.openStops())).toHaveLength(1);
    });

    test('armed longer ago than the receive window it can no longer be placed', async () => {
      const { venue, setTime } = use();
      setTime(T0 + venue.receiveWindowMs + 1);
      expect((await venue.placeStop(stopLoss())).kind).toBe('notPlaced');
      expect((await venue.findStop(REF)).kind).toBe('absent');
      expect((await venue.placeStop(stopLoss({ armedAt: T0 + 1 }))).kind).toBe('accepted');
    });

    test('whose answer is lost is ambiguous, and found exactly once', async () => {
      const { venue, lose } = use();
      lose('placeStop', 'after');
      expect((await venue.placeStop(stopLoss())).kind).toBe('ambiguous');
      expect(found(await venue.findStop(REF))).toMatchObject({ ...REF, status: 'working' });
      expect(found(await venue.openStops()).map(({ clientStopId }) => clientStopId)).toEqual([REF.clientStopId]);
    });

    test('that never arrived is ambiguous too, and absent', async () => {
      const { venue, lose } = use();
      lose('placeStop', 'before');
      expect((await venue.placeStop(stopLoss())).kind).toBe('ambiguous');
      expect((await venue.findStop(REF)).kind).toBe('absent');
    });

    test('whose cancel is lost on the way back is ambiguous, and found cancelled', async () => {
      const { venue, lose } = use();
      await venue.placeStop(stopLoss());
      lose('cancelStop', 'after');
      expect((await venue.cancelStop(REF)).kind).toBe('ambiguous');
      expect(found(await venue.findStop(REF)).status).toBe('canceled');
    });

    test('that cannot be read is unavailable, never absent, and the list never empty', async () => {
      const { venue, lose } = use();
      await venue.placeStop(stopLoss());
      for (const call of ['findStop', 'openStops'] as const) lose(call, 'before');
      expect((await venue.findStop(REF)).kind).toBe('unavailable');
      expect((await venue.openStops()).kind).toBe('unavailable');
    });
  });

  test('cancelling a stop that never was is a question', async () => {
    expect(await use().venue.cancelStop(REF)).toEqual({ kind: 'unknownStop' });
  });

  test('one call lists the stops of all symbols, in USDT and in USDC', async () => {
    const { venue } = use();
    await venue.place(marketOrder({ symbol: 'ETHUSDT', side: 'sell', positionSide: 'short' }));
    await venue.place(marketOrder({ symbol: 'BTCUSDC', qty: qty('0.02') }));
    resting(await venue.placeStop(stopLoss({ clientStopId: 'eth', symbol: 'ETHUSDT', positionSide: 'short', at: '3100' })));
    resting(await venue.placeStop(takeProfit({ clientStopId: 'usdc', symbol: 'BTCUSDC' })));
    expect(found(await venue.openStops()).map(({ symbol, positionSide, kind }) => [symbol, positionSide, kind])).toEqual([
      ['ETHUSDT', 'short', 'stopLoss'],
      ['BTCUSDC', 'long', 'takeProfit'],
    ]);
  });
}
